using Alerts.Search.Quota;
using CsCheck;

namespace Alerts.Tests.Search;

public class QuotaPaceTests
{
    static QuotaDemand Demand(double minutes, int searches, double shares) => new(TimeSpan.FromMinutes(minutes), searches, shares);

    [Fact]
    public void With_enough_for_all_there_is_no_limit() =>
        Assert.Equal(double.PositiveInfinity, QuotaPace.Of([Demand(2, 6, 6)], 6 / 120.0));

    [Fact]
    public void Without_searches_there_is_no_limit() => Assert.Equal(double.PositiveInfinity, QuotaPace.Of([], 0));

    [Fact]
    public void Too_few_calls_are_divided_by_shares() => Assert.Equal(0.05 / 12.5, QuotaPace.Of([Demand(2, 10, 12.5)], 0.05), 9);

    [Fact]
    public void What_a_slow_search_does_not_need_goes_to_the_fast_ones() // 10 a day are left for one, after 2 for the other two.
    {
        var pace = QuotaPace.Of([Demand(2, 1, 1), Demand(1440, 2, 2)], 12 / 86_400.0);
        Assert.Equal(10 / 86_400.0, pace, 9);
    }

    [Fact]
    public void With_nothing_left_the_pace_is_none() => Assert.Equal(0, QuotaPace.Of([Demand(2, 1, 1)], 0));

    [Fact]
    public void The_calls_are_used_up_and_never_exceeded() =>
        Gen.Select(Gen.Select(Gen.Double[1, 2000], Gen.Int[1, 500], Gen.Double[1, 1.3]).Array[1, 12], Gen.Double[0, 5]).Sample((groups, calls) =>
        {
            var demand = groups.Select(group => Demand(group.Item1, group.Item2, group.Item2 * group.Item3)).ToList();
            var pace = QuotaPace.Of(demand, calls);
            var wanted = demand.Sum(one => one.Searches / one.Interval.TotalSeconds);
            var made = demand.Sum(one => Math.Min(one.Searches / one.Interval.TotalSeconds, pace * one.Shares));
            Assert.Equal(Math.Min(wanted, calls), made, 6);
        });
}
