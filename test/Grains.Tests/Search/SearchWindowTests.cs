using Alerts.Search;

namespace Alerts.Tests.Search;

public class SearchWindowTests
{
    static readonly TimeSpan window = TimeSpan.FromMinutes(2);
    static readonly DateTimeOffset noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    static TimeSpan Pause(int failures, double intervalMinutes, double? retryAfterMinutes = null) =>
        SearchWindow.NextFetchAfterFailure(noon, failures, window, TimeSpan.FromMinutes(intervalMinutes), retryAfterMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null) - noon;

    [Theory]
    [InlineData("12:00:00", "12:02:00")]
    [InlineData("12:01:59.999", "12:02:00")]
    [InlineData("12:02:00", "12:04:00")]
    public void Windows_lie_on_a_grid(string fetched, string next) =>
        Assert.Equal(noon.Date + TimeSpan.Parse(next, null), SearchWindow.NextFetch(noon.Date + TimeSpan.Parse(fetched, null), window).DateTime);

    [Fact]
    public void With_calls_enough_a_search_that_fails_is_tried_again_soon_each_time()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), Pause(failures: 1, intervalMinutes: 2));
        Assert.Equal(TimeSpan.FromSeconds(30), Pause(failures: 9, intervalMinutes: 2));
    }

    [Fact]
    public void With_too_few_calls_a_search_that_goes_on_failing_costs_no_more_than_one_that_works()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), Pause(failures: 1, intervalMinutes: 144));
        Assert.Equal(TimeSpan.FromMinutes(144), Pause(failures: 2, intervalMinutes: 144));
    }

    [Fact]
    public void EBays_own_pause_holds_when_it_is_longer()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), Pause(failures: 1, intervalMinutes: 2, retryAfterMinutes: 5));
        Assert.Equal(TimeSpan.FromMinutes(144), Pause(failures: 2, intervalMinutes: 144, retryAfterMinutes: 5));
        Assert.Equal(TimeSpan.FromSeconds(30), Pause(failures: 1, intervalMinutes: 2, retryAfterMinutes: 0));
    }
}
