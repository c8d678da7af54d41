using Alerts.Search;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>Tells a new listing from an old one that merely moved into the page because cheaper ones left it.</summary>
/// <param name="memory">The search's memory of the last page.</param>
readonly struct ComparisonCoverage(SearchMemory memory)
{
    /// <summary>eBay shows a listing 10 to 15 minutes after its creation; an hour is on the safe side.</summary>
    static readonly TimeSpan indexing = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether a listing not seen before was not there before: the last page held everything, or would have held it at its
    /// price, or it was created since (or eBay does not say when).
    /// </summary>
    public bool IsNew(Listing listing) =>
        memory.Horizon is not { } horizon
        || NewsOrder.PriceWithShipping(listing) < horizon
        || listing.CreatedAt is not { } created
        || created >= memory.LastSuccess - indexing;
}
