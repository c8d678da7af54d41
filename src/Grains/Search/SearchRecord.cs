namespace Alerts.Search;

/// <summary>The stored form of a search.</summary>
public sealed class SearchRecord
{
    /// <summary>The canonical query; the row's key is its hash. Null in rows of older releases.</summary>
    public string? Query { get; set; }

    /// <summary>When eBay was last asked, and how often users ask; null while there are enough calls.</summary>
    public PollPlan? Plan { get; set; }
}
