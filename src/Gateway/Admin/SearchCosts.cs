namespace Alerts.Gateway.Admin;

/// <summary>The distinct searches that cost the most calls.</summary>
/// <param name="Items">The dearest first.</param>
public sealed record SearchCosts(IReadOnlyList<SearchCosts.CostlySearch> Items)
{
    /// <summary>A distinct search, shared by all who watch it.</summary>
    /// <param name="QueryId">Its name in the shared database.</param>
    /// <param name="Marketplace">eBay marketplace id.</param>
    /// <param name="Query">What eBay is asked, with the number of sellers in place of their names.</param>
    /// <param name="CallsPerDay">Calls in a day, if it goes on like this.</param>
    /// <param name="IntervalSeconds">The time between two questions to eBay.</param>
    /// <param name="Users">Users who watch it, as the shared database knows; absent while that does not answer.</param>
    /// <param name="FetchedAt">When eBay last answered; absent before the first time.</param>
    public sealed record CostlySearch(
        string QueryId, string Marketplace, string Query, double CallsPerDay, double IntervalSeconds, int? Users, DateTimeOffset? FetchedAt);
}
