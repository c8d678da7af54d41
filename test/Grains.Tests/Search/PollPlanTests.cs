using Alerts.Search;

namespace Alerts.Tests.Search;

public class PollPlanTests
{
    static readonly TimeSpan window = TimeSpan.FromMinutes(2);
    static readonly DateTimeOffset noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A plan asked by so many in each of many windows, an interval apart.</summary>
    static PollPlan Watched(int askers, double minutes = 2, int windows = 60)
    {
        var plan = PollPlan.New(window);
        for (var i = 0; i < windows; i++)
        {
            for (var asker = 0; asker < askers; asker++)
                plan = plan.Asked(noon.AddMinutes(i * minutes).AddSeconds(asker));
        }

        return plan;
    }

    [Fact]
    public void A_search_never_asked_may_ask_at_once() => Assert.Equal(DateTimeOffset.MinValue, PollPlan.New(window).NextFetch(0, "q"));

    [Fact]
    public void With_calls_enough_eBay_is_asked_once_a_window()
    {
        var plan = Watched(1).Fetched(noon.AddSeconds(1), false);
        Assert.Equal(noon.AddMinutes(2), plan.NextFetch(double.PositiveInfinity, "q"));
        Assert.Equal(window, plan.Interval(double.PositiveInfinity));
    }

    [Fact]
    public void A_search_that_users_ask_for_every_twenty_minutes_needs_no_more_calls_than_that()
    {
        var plan = Watched(1, minutes: 20);
        Assert.Equal(20, plan.AskInterval.TotalMinutes, 1);
        Assert.Equal(window, plan.Interval(1 / 1200.0));
        Assert.True(plan.Interval(1 / 2400.0) > TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void With_too_few_calls_the_interval_follows_the_pace()
    {
        var plan = Watched(1).Fetched(noon, false).Fetched(noon.AddHours(1), false);
        var interval = plan.Interval(1 / 3600.0);
        Assert.Equal(3600 / plan.Share, interval.TotalSeconds, 3);
        Assert.Equal(noon.AddHours(1) + interval, plan.NextFetch(1 / 3600.0, "q"));
    }

    [Fact]
    public void Searches_that_began_together_are_drawn_apart_over_the_whole_interval()
    {
        var plan = Watched(1).Fetched(noon, false);
        var places = Enumerable.Range(0, 1000).Select(number => (plan.NextFetch(1 / 36_000.0, $"q{number}") - noon) / plan.Interval(1 / 36_000.0)).Order().ToList();
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(places.Count(place => (int)(place * 10) == tenth), 60, 140));
    }

    [Fact]
    public void More_watched_and_more_changing_searches_are_asked_more_often_but_not_by_more_than_three_tenths()
    {
        var (quiet, watched) = (Watched(1), Watched(200));
        var changing = Enumerable.Range(0, 50).Aggregate(watched, (plan, minutes) => plan.Fetched(noon.AddMinutes(minutes), isChanged: true));
        Assert.InRange(quiet.Share, 1, 1.02);
        Assert.InRange(watched.Share, 1.1, 1.15);
        Assert.InRange(changing.Share, 1.24, 1.3);
    }

    [Fact]
    public void Askers_told_of_together_count_as_if_each_had_asked()
    {
        var together = PollPlan.New(window).Asked(noon, 5).Asked(noon.AddSeconds(1), 3).Asked(noon.AddMinutes(2), 4);
        var oneByOne = new[] { 0, 0, 0, 0, 0, 1, 1, 1, 120, 120, 120, 120 }.Aggregate(PollPlan.New(window), (plan, second) => plan.Asked(noon.AddSeconds(second)));
        Assert.Equal((oneByOne.Askers, oneByOne.AskInterval), (together.Askers, together.AskInterval));
    }

    [Fact]
    public void Askers_in_one_window_are_one_question() => Assert.Equal(window, Watched(50).AskInterval);
}
