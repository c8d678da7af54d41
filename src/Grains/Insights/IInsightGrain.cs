namespace Alerts.Insights;

/// <summary>What came down among the listings of one search, key the canonical query: found out once an hour at most, for all the search's users.</summary>
[Alias("Alerts.IInsightGrain")]
public interface IInsightGrain : IGrainWithStringKey
{
    /// <summary>The search's insight, not older than <see cref="InsightOptions.Fresh"/>.</summary>
    /// <exception cref="StoreUnavailableException">The shared database is away.</exception>
    [Alias("GetAsync")]
    Task<QueryInsight> GetAsync();
}
