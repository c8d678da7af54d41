using Alerts.Search;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>Tells a new listing from an old one that moved into the fetched page because cheaper ones left it.</summary>
/// <param name="memory">The search's memory of the last page.</param>
/// <param name="fetchedAt">When eBay gave the new one.</param>
readonly struct ComparisonCoverage(SearchMemory memory, DateTimeOffset fetchedAt)
{
    /// <summary>eBay usually shows a listing within 15 minutes of its creation, sometimes up to a day later.</summary>
    static readonly TimeSpan indexing = TimeSpan.FromHours(25);

    /// <summary>
    /// Whether a listing not seen before is new. If the last page held all matches, it is. Otherwise its creation date decides: after the
    /// user began to watch, and not long before the last page. Its place in the page does not matter. Without a date its price decides.
    /// </summary>
    public bool IsNew(Listing listing) =>
        memory.Horizon is not { } horizon
        || (listing.CreatedAt is { } created
            ? created >= LastPage - indexing && !(created < memory.StartedAt)
            : NewsOrder.PriceWithShipping(listing) < horizon);

    /// <summary>A moment in the future was written while a clock was wrong.</summary>
    DateTimeOffset? LastPage => memory.LastSuccess > fetchedAt ? fetchedAt : memory.LastSuccess;
}
