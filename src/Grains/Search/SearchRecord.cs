namespace Alerts.Search;

/// <summary>The stored form of a search.</summary>
public sealed class SearchRecord
{
    /// <summary>The canonical query, which the row's key is the hash of; null in rows of older releases.</summary>
    public string? Query { get; set; }

    /// <summary>When eBay was last asked, and how often users ask; null while calls are plenty.</summary>
    public PollPlan? Plan { get; set; }
}
