namespace Alerts.Search;

/// <summary>
/// Which of eBay's pages the users of a search need. Every user asks at least once a day, so pages that nobody needed for two days are not
/// needed any more. In memory only: after a restart users state their needs again.
/// </summary>
sealed class NeededPages
{
    static readonly TimeSpan keptFor = TimeSpan.FromDays(2);

    DateTimeOffset? cheapestAt;
    DateTimeOffset? newestAt;

    /// <summary>A user that needs these pages asks. A silo of an older release does not say; it needs both.</summary>
    public void Asked(WatchedPages pages, DateTimeOffset now)
    {
        if (pages is not WatchedPages.Newest)
            cheapestAt = now;
        if (pages is not WatchedPages.Cheapest)
            newestAt = now;
    }

    /// <summary>The pages needed now.</summary>
    public WatchedPages At(DateTimeOffset now) =>
        (IsNeeded(cheapestAt, now) ? WatchedPages.Cheapest : WatchedPages.None) | (IsNeeded(newestAt, now) ? WatchedPages.Newest
            : WatchedPages.None);

    static bool IsNeeded(DateTimeOffset? at, DateTimeOffset now) => now - at < keptFor;
}
