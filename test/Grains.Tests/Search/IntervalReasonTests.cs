using Alerts.Search;
using Alerts.Search.Quota;

namespace Alerts.Tests.Search;

public class IntervalReasonTests
{
    static readonly DateTimeOffset noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    static string? Reason(TimeSpan window, TimeSpan interval)
    {
        var plan = PollPlan.New(window).Asked(noon);
        var lease = new QuotaLease
        {
            Calls = 1, EndsAt = noon, DayEndsAt = noon, Limit = 5_000, Left = 10, Searches = 1_200,
            Pace = 1 / (interval.TotalSeconds * plan.Share),
        };
        return IntervalReason.Of(plan, lease, closedUntil: null);
    }

    [Theory]
    [InlineData(30, 51, "51 seconds")]
    [InlineData(120, 140, "2 minutes")]
    [InlineData(120, 24 * 60, "24 minutes")]
    [InlineData(120, 9_000, "2.5 hours")]
    public void A_search_asked_less_often_than_wanted_says_why_and_how_often(int windowSeconds, int seconds, string words) => Assert.Equal(
        $"1,200 searches share eBay's 5,000 calls a day, so this one is asked about every {words}.",
        Reason(TimeSpan.FromSeconds(windowSeconds), TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_search_asked_as_often_as_wanted_needs_no_reason() => Assert.Null(Reason(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1)));

    [Fact]
    public void While_eBay_is_left_alone_that_is_the_reason() =>
        Assert.Equal("eBay asked to be left alone until 2026-11-23 12:00 UTC.", IntervalReason.Of(PollPlan.New(TimeSpan.FromMinutes(2)), null, noon));
}
