namespace Alerts.Search;

/// <summary>
/// When a search may ask eBay again: at most once in each window of a fixed grid, whoever asks. A grid, and not an age,
/// because ticks come a little late: by age a user checked every two minutes would get each result twice. Pure.
/// </summary>
public static class SearchWindow
{
    /// <summary>The start of the window after the one <paramref name="fetchedAt"/> lies in.</summary>
    public static DateTimeOffset NextFetch(DateTimeOffset fetchedAt, TimeSpan window) =>
        new((fetchedAt.UtcTicks / window.Ticks + 1) * window.Ticks, TimeSpan.Zero);

    /// <summary>
    /// When to try again after a failure: soon after the first, so that the next user's tick finds eBay back; after more of them no more often than a
    /// search that works, since each try costs a call; and never before eBay's own <c>Retry-After</c>.
    /// </summary>
    /// <param name="failedAt">When it failed.</param>
    /// <param name="failures">Calls in a row that failed.</param>
    /// <param name="window">The time in which eBay is asked once at most.</param>
    /// <param name="interval">The time between two answers that the day's calls allow.</param>
    /// <param name="retryAfter">How long eBay asked to be left alone, if it did.</param>
    public static DateTimeOffset NextFetchAfterFailure(DateTimeOffset failedAt, int failures, TimeSpan window, TimeSpan interval, TimeSpan? retryAfter)
    {
        var pause = failures <= 1 || interval <= window ? window / 4 : interval;
        return failedAt + (retryAfter > pause ? retryAfter.Value : pause);
    }
}
