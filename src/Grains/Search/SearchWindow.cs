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

    /// <summary>When to try again after a failure: soon, so that the next user's tick finds eBay back, but not before eBay's own <c>Retry-After</c>.</summary>
    public static DateTimeOffset NextFetchAfterFailure(DateTimeOffset failedAt, TimeSpan window, TimeSpan? retryAfter)
    {
        var pause = window / 4;
        return failedAt + (retryAfter > pause ? retryAfter.Value : pause);
    }
}
