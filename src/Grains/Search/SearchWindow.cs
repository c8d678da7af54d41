namespace Alerts.Search;

/// <summary>
/// When a search may ask eBay again: at most once in each window of a fixed grid, no matter who asks. A grid instead of an age, because
/// ticks come slightly late. By age, a user checked every two minutes would get each result twice. Pure.
/// </summary>
public static class SearchWindow
{
    /// <summary>The start of the next window after <paramref name="fetchedAt"/>.</summary>
    public static DateTimeOffset NextFetch(DateTimeOffset fetchedAt, TimeSpan window) =>
        new((fetchedAt.UtcTicks / window.Ticks + 1) * window.Ticks, TimeSpan.Zero);

    /// <summary>
    /// When to try again after a fault. After the first one soon, so that the next user's tick gets an answer. After more, no more often
    /// than a search that works, since each try costs a call. Never before eBay's own <c>Retry-After</c>.
    /// </summary>
    /// <param name="failedAt">When the call failed.</param>
    /// <param name="failures">How many calls failed in a row.</param>
    /// <param name="window">The time in which eBay is asked at most once.</param>
    /// <param name="interval">The time between two answers that the day's calls allow.</param>
    /// <param name="retryAfter">eBay's <c>Retry-After</c>, if it sent one.</param>
    public static DateTimeOffset NextFetchAfterFailure(DateTimeOffset failedAt, int failures, TimeSpan window, TimeSpan interval,
        TimeSpan? retryAfter)
    {
        var pause = failures <= 1 || interval <= window ? window / 4 : interval;
        return failedAt + (retryAfter > pause ? retryAfter.Value : pause);
    }
}
