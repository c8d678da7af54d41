namespace Alerts.Search;

/// <summary>
/// Which of eBay's pages the users of a search need. Who has a search asks once a day at least, so what nobody needed for two days
/// is needed no more. In memory only: whoever asks after a restart says it again.
/// </summary>
sealed class NeededPages
{
    static readonly TimeSpan keptFor = TimeSpan.FromDays(2);

    DateTimeOffset? cheapestAt;
    DateTimeOffset? newestAt;

    /// <summary>Somebody asks who needs these; a silo that does not say needs both.</summary>
    public void Asked(WatchedPages pages, DateTimeOffset now)
    {
        if (pages is not WatchedPages.Newest)
            cheapestAt = now;
        if (pages is not WatchedPages.Cheapest)
            newestAt = now;
    }

    /// <summary>The pages that are needed now.</summary>
    public WatchedPages At(DateTimeOffset now) =>
        (IsNeeded(cheapestAt, now) ? WatchedPages.Cheapest : WatchedPages.None) | (IsNeeded(newestAt, now) ? WatchedPages.Newest : WatchedPages.None);

    static bool IsNeeded(DateTimeOffset? at, DateTimeOffset now) => now - at < keptFor;
}
