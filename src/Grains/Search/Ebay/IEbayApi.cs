using Alerts.Search.Quota;
using Refit;

namespace Alerts.Search.Ebay;

/// <summary>The calls of eBay's REST APIs that are used here.</summary>
public interface IEbayApi
{
    /// <summary>Browse API, <c>item_summary/search</c>.</summary>
    /// <param name="query">The canonical query: keywords, category, filters and sort.</param>
    /// <param name="limit">Listings a page, 1 to 200.</param>
    /// <param name="marketplace">A known marketplace id: eBay silently takes EBAY_US for any other.</param>
    /// <param name="isUrgent">Whether somebody waits for the answer (<see cref="QuotaHandler"/>).</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Get("/buy/browse/v1/item_summary/search")]
    Task<IApiResponse<EbaySearchPage>> SearchAsync(
        [Query] EbayQuery query,
        [Query] int limit,
        [Header("X-EBAY-C-MARKETPLACE-ID")] string marketplace,
        [Property(QuotaHandler.Urgent)] bool isUrgent,
        CancellationToken cancellationToken);

    /// <summary>Analytics API, <c>rate_limit</c>: what is left of the day's calls. Costs none of them.</summary>
    [Get("/developer/analytics/v1_beta/rate_limit/")]
    Task<IApiResponse<EbayRateLimitPage>> RateLimitsAsync(
        [AliasAs("api_context")] string context,
        [AliasAs("api_name")] string name,
        CancellationToken cancellationToken);
}
