using Alerts.Runs;
using CsCheck;

namespace Alerts.Tests.Runs;

public class AdaptiveLimitTests
{
    [Fact]
    public void It_starts_at_an_eighth_of_the_most_and_not_below_the_least()
    {
        Assert.Equal(32, new AdaptiveLimit(8, 256).Current);
        Assert.Equal(8, new AdaptiveLimit(8, 16).Current);
        Assert.Equal(4, new AdaptiveLimit(8, 4).Current);
    }

    [Fact]
    public void A_round_without_trouble_in_which_runs_waited_raises_it_by_its_square_root()
    {
        var limit = new AdaptiveLimit(8, 256);
        limit.Reached();
        Round(limit, failures: 0);
        Assert.Equal(37, limit.Current);
    }

    [Fact]
    public void Nobody_waited_so_nothing_is_raised()
    {
        var limit = new AdaptiveLimit(8, 256);
        for (var round = 0; round < 100; round++)
            Round(limit, failures: 0);
        Assert.Equal(32, limit.Current);
    }

    [Fact]
    public void More_than_a_tenth_of_failures_halves_it_and_a_tenth_does_not()
    {
        var limit = new AdaptiveLimit(8, 400);
        Assert.Equal(50, limit.Current);
        Round(limit, failures: 5);
        Assert.Equal(50, limit.Current);
        Round(limit, failures: 6);
        Assert.Equal(25, limit.Current);
    }

    [Fact]
    public void An_outage_brings_it_to_the_least_within_a_hundred_calls_and_its_end_back_to_the_most()
    {
        var limit = new AdaptiveLimit(8, 256);
        Record(limit, 100, failed: true);
        Assert.Equal(8, limit.Current);
        // No herd: the runs let in after an outage grow by a part of their number a round.
        var calls = 0;
        for (; limit.Current < 256; calls++)
        {
            limit.Reached();
            limit.Record(failed: false);
        }

        Assert.InRange(calls, 1_000, 5_000);
    }

    [Fact]
    public void Whatever_happens_it_stays_between_least_and_most() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 300], Gen.Select(Gen.Bool, Gen.Bool).Array[0, 2000]).Sample((least, most, calls) =>
        {
            var limit = new AdaptiveLimit(least, most);
            foreach (var (reached, failed) in calls)
            {
                if (reached)
                    limit.Reached();
                limit.Record(failed);
                if (limit.Current < Math.Min(least, most) || limit.Current > most)
                    return false;
            }

            return true;
        });

    static void Round(AdaptiveLimit limit, int failures)
    {
        var calls = limit.Current;
        Record(limit, failures, failed: true);
        Record(limit, calls - failures, failed: false);
    }

    static void Record(AdaptiveLimit limit, int calls, bool failed)
    {
        for (var call = 0; call < calls; call++)
            limit.Record(failed);
    }
}
