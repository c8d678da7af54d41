using Orleans.Concurrency;

namespace Alerts.Search;

/// <summary>
/// One distinct eBay search, key <see cref="SearchQuery"/>: asks eBay at most once per reminder period, whoever asks,
/// and streams what it found to the shared product data.
/// </summary>
[Alias("Alerts.ISearchGrain")]
public interface ISearchGrain : IGrainWithStringKey
{
    /// <summary>The current snapshot, fetched first when the window of the last one has passed.</summary>
    /// <param name="knownVersion">The version the asker has; 0 for none. Content is sent only when it differs.</param>
    /// <param name="askers">How many ask: the caller, and those it answered itself since it last asked.</param>
    /// <param name="isWaitedFor">Whether a person waits: for a preview, a page, or the first result of a search.</param>
    /// <param name="parts">
    /// The askers' parts of the day's calls together: of each asker, 1 divided by the number of the user's searches.
    /// </param>
    /// <param name="pages">The pages that the askers need; what nobody has needed for two days is not asked for.</param>
    [Alias("GetAsync")]
    Task<SearchAnswer> GetAsync(
        long knownVersion, int askers = 1, bool isWaitedFor = false, double parts = 1, WatchedPages pages = WatchedPages.None);

    /// <summary>
    /// A snapshot of this window, fetched out of turn if need be, where a call can be had; otherwise the last one. For what is said of a moment,
    /// such as that an auction ends.
    /// </summary>
    /// <param name="parts">The asker's part of the day's calls.</param>
    /// <param name="pages">The pages that the asker needs.</param>
    [Alias("RefreshAsync")]
    Task<SearchAnswer> RefreshAsync(double parts, WatchedPages pages);

    /// <summary>What is known without asking eBay: no snapshot when nothing was fetched since the grain woke.</summary>
    [Alias("PeekAsync"), AlwaysInterleave]
    Task<SearchAnswer> PeekAsync();
}
