namespace Alerts.Insights;

/// <summary>
/// The price drops among the listings of one search. The key is the canonical query. Computed at most once an hour, for all users of the
/// search.
/// </summary>
[Alias("Alerts.IInsightGrain")]
public interface IInsightGrain : IGrainWithStringKey
{
    /// <summary>The search's insight, at most <see cref="InsightOptions.Fresh"/> old.</summary>
    /// <exception cref="StoreUnavailableException">The shared database cannot be reached.</exception>
    [Alias("GetAsync")]
    Task<QueryInsight> GetAsync();
}
