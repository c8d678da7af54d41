namespace Alerts.Search;

/// <summary>The stored form of a search.</summary>
public sealed class SearchRecord
{
    /// <summary>When eBay was last asked, and how often users ask; null while calls are plenty.</summary>
    public PollPlan? Plan { get; set; }
}
