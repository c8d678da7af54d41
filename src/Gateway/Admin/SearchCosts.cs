namespace Alerts.Gateway.Admin;

/// <summary>The queries that cost the most calls to eBay.</summary>
/// <param name="Items">The most expensive first.</param>
public sealed record SearchCosts(IReadOnlyList<SearchCosts.CostlySearch> Items)
{
    /// <summary>A query, shared by all its users.</summary>
    /// <param name="QueryId">Its name in the shared database.</param>
    /// <param name="Marketplace">eBay marketplace id.</param>
    /// <param name="Query">What eBay is asked, with the number of sellers instead of their names.</param>
    /// <param name="CallsPerDay">Calls in a day at the present pace.</param>
    /// <param name="IntervalSeconds">The time between two calls to eBay.</param>
    /// <param name="Users">Number of its users by the shared database; absent while that does not answer.</param>
    /// <param name="FetchedAt">When eBay last answered; absent before the first time.</param>
    public sealed record CostlySearch(
        string QueryId, string Marketplace, string Query, double CallsPerDay, double IntervalSeconds, int? Users,
            DateTimeOffset? FetchedAt);
}
