using Orleans.Concurrency;

namespace Alerts.Search;

/// <summary>
/// One eBay query; the key is a <see cref="SearchQuery"/>. Asks eBay at most once per reminder period, no matter who asks, and publishes
/// the result to the shared product data.
/// </summary>
[Alias("Alerts.ISearchGrain")]
public interface ISearchGrain : IGrainWithStringKey
{
    /// <summary>The current snapshot; a new one is fetched when the window of the last one has passed.</summary>
    /// <param name="knownVersion">The version the asker has; 0 for none. Content is sent only when it differs.</param>
    /// <param name="askers">How many users ask: the caller's user, and those whom the caller answered itself since its last call.</param>
    /// <param name="isWaitedFor">Whether a person waits: for a preview, a page, or the first result of a search.</param>
    /// <param name="parts">
    /// The sum of the askers' shares of the day's calls. A share is 1 divided by the number of that user's searches.
    /// </param>
    /// <param name="pages">The pages that the askers need. Pages that nobody has needed for two days are not fetched.</param>
    [Alias("GetAsync")]
    Task<SearchAnswer> GetAsync(
        long knownVersion, int askers = 1, bool isWaitedFor = false, double parts = 1, WatchedPages pages = WatchedPages.None);

    /// <summary>
    /// A snapshot of this window, fetched early if necessary. If there is no call for that, the last snapshot. For statements that must be
    /// current, such as that an auction ends.
    /// </summary>
    /// <param name="parts">The asker's share of the day's calls.</param>
    /// <param name="pages">The pages that the asker needs.</param>
    [Alias("RefreshAsync")]
    Task<SearchAnswer> RefreshAsync(double parts, WatchedPages pages);

    /// <summary>What is known without asking eBay; no snapshot when nothing was fetched since the activation.</summary>
    [Alias("PeekAsync"), AlwaysInterleave]
    Task<SearchAnswer> PeekAsync();
}
