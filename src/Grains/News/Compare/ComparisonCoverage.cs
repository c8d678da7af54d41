using Alerts.Search;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>Tells a new listing from an old one that merely moved into the page because cheaper ones left it.</summary>
/// <param name="memory">The search's memory of the last page.</param>
/// <param name="fetchedAt">When eBay gave the new one.</param>
readonly struct ComparisonCoverage(SearchMemory memory, DateTimeOffset fetchedAt)
{
    /// <summary>eBay mostly shows a listing within a quarter of an hour of its creation, and up to a day later at times.</summary>
    static readonly TimeSpan indexing = TimeSpan.FromHours(25);

    /// <summary>
    /// Whether a listing not seen before is new. Where the last page held everything, it is. Else its creation date decides, not its place
    /// in the page: it was created since the person began to watch, and not long before the last page. Without a date its price decides.
    /// </summary>
    public bool IsNew(Listing listing) =>
        memory.Horizon is not { } horizon
        || (listing.CreatedAt is { } created
            ? created >= LastPage - indexing && !(created < memory.StartedAt)
            : NewsOrder.PriceWithShipping(listing) < horizon);

    /// <summary>A moment in the future is of a clock that was wrong.</summary>
    DateTimeOffset? LastPage => memory.LastSuccess > fetchedAt ? fetchedAt : memory.LastSuccess;
}
