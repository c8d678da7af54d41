using Alerts.Search.Quota;
using CsCheck;

namespace Alerts.Tests.Search;

public class QuotaLedgerTests
{
    /// <summary>Midnight in California, summer time: the day has 24 hours.</summary>
    static readonly DateTimeOffset midnight = new(2026, 7, 1, 7, 0, 0, TimeSpan.Zero);

    static QuotaLedger Fresh(int limit = 1000) => QuotaLedger.At(null, limit, midnight);

    [Theory]
    [InlineData("2026-07-01T06:59:59Z", "2026-07-01T07:00Z")]
    [InlineData("2026-07-01T07:00:00Z", "2026-07-02T07:00Z")]
    [InlineData("2026-01-15T12:00:00Z", "2026-01-16T08:00Z")]
    [InlineData("2026-03-08T09:00:00Z", "2026-03-09T07:00Z")] // 23 hours
    [InlineData("2026-11-01T08:00:00Z", "2026-11-02T08:00Z")] // 25 hours
    public void The_day_ends_at_midnight_Pacific(string moment, string end) =>
        Assert.Equal(DateTimeOffset.Parse(end, null), QuotaDay.EndOf(DateTimeOffset.Parse(moment, null)));

    [Fact]
    public void A_lease_counts_at_once_and_what_is_returned_counts_no_more()
    {
        var (ledger, granted) = Fresh().Lease(wanted: 10, urgent: 0, midnight);
        Assert.Equal((10, 990), (granted, ledger.Left));
        Assert.Equal(994, ledger.Returned(4, ledger.EndsAt).Left);
    }

    [Fact]
    public void Calls_of_a_day_that_is_over_are_not_returned_to_the_next()
    {
        var yesterday = Fresh().Lease(10, 0, midnight).Next;
        var today = QuotaLedger.At(yesterday, 1000, yesterday.EndsAt);
        Assert.Equal(1000, today.Left);
        Assert.Equal(1000, today.Returned(10, yesterday.EndsAt).Left);
    }

    [Fact]
    public void Polls_leave_the_reserve_which_shrinks_with_the_day()
    {
        Assert.Equal(980, Fresh().Lease(5000, 0, midnight).Granted);
        Assert.Equal(990, Fresh().Lease(5000, 0, midnight.AddHours(12)).Granted);
        Assert.Equal(1000, Fresh().Lease(5000, 0, midnight.AddHours(24).AddSeconds(-1)).Granted);
    }

    [Fact]
    public void Searches_somebody_waits_for_draw_down_half_an_even_course_and_then_the_reserve_of_the_hour()
    {
        var (ledger, granted) = Fresh().Lease(0, 5000, midnight);
        Assert.Equal(501, granted); // Half of 1,000, and a 24th of the 20 reserved, rounded up
        Assert.Equal(0, ledger.Lease(0, 1, midnight).Granted);
        Assert.Equal(1, (ledger with { Used = 995 }).Lease(0, 1, midnight.AddHours(1)).Granted);
        Assert.Equal(0, (ledger with { Used = 1000 }).Lease(0, 1, midnight.AddHours(1)).Granted);
    }

    [Fact]
    public void EBays_own_count_lowers_what_is_left_and_never_raises_it()
    {
        var ledger = Fresh().Lease(100, 0, midnight).Next;
        Assert.Equal(300, ledger.Observed(limit: 1000, remaining: 300, reset: null, midnight).Left);
        Assert.Equal(900, ledger.Observed(limit: 1000, remaining: 1000, reset: null, midnight).Left);
        Assert.Equal(400, ledger.Observed(limit: 500, remaining: 500, reset: null, midnight).Left);
        Assert.Equal(midnight.AddHours(3), ledger.Observed(1000, 900, midnight.AddHours(3), midnight).EndsAt);
        Assert.Equal(ledger.EndsAt, ledger.Observed(1000, 900, midnight.AddDays(3), midnight).EndsAt);
    }

    [Fact]
    public void EBays_limit_holds_the_next_day_too_and_a_raised_setting_holds_at_once()
    {
        var ledger = Fresh().Observed(limit: 500, remaining: 500, reset: null, midnight);
        Assert.Equal(500, QuotaLedger.At(ledger, 1000, ledger.EndsAt).Limit);
        Assert.Equal(2000, QuotaLedger.At(Fresh(), 2000, midnight).Limit);
    }

    [Fact]
    public void A_refusal_closes_the_tap_then_one_call_probes_then_it_opens()
    {
        var closed = Fresh().Refused(retryAfter: null, midnight);
        Assert.Equal(midnight.AddMinutes(1), closed.ClosedUntil);
        Assert.Equal(0, closed.Lease(10, 10, midnight.AddSeconds(59)).Granted);
        var (probing, probe) = closed.Lease(10, 10, midnight.AddMinutes(1));
        Assert.Equal((1, true), (probe, probing.IsProbing));
        Assert.Equal(0, probing.Lease(10, 10, midnight.AddMinutes(1)).Granted);
        Assert.Equal(10, probing.Accepted().Lease(10, 0, midnight.AddMinutes(1)).Granted);
    }

    [Fact]
    public void A_probe_without_an_answer_is_followed_by_another() =>
        Assert.Equal(1, Fresh().Refused(null, midnight).Lease(10, 0, midnight.AddMinutes(1)).Next.Lease(10, 0, midnight.AddMinutes(2)).Granted);

    [Fact]
    public void Each_refused_probe_doubles_the_pause_up_to_an_hour()
    {
        var (ledger, now) = (Fresh(), midnight);
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            ledger = ledger.Refused(null, now);
            pauses.Add((ledger.ClosedUntil!.Value - now).TotalMinutes);
            now = ledger.ClosedUntil.Value;
            ledger = ledger.Lease(1, 0, now).Next;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses);
    }

    [Fact]
    public void EBays_Retry_After_holds_when_it_is_longer()
    {
        Assert.Equal(midnight.AddHours(2), Fresh().Refused(TimeSpan.FromHours(2), midnight).ClosedUntil);
        Assert.Equal(midnight.AddMinutes(1), Fresh().Refused(TimeSpan.FromSeconds(1), midnight).ClosedUntil);
    }

    [Fact]
    public void Answers_to_calls_that_were_on_their_way_together_count_once()
    {
        var ledger = Fresh().Refused(null, midnight).Refused(null, midnight.AddSeconds(1)).Refused(TimeSpan.FromMinutes(5), midnight.AddSeconds(2));
        Assert.Equal((1, midnight.AddSeconds(2).AddMinutes(5)), (ledger.Refusals, ledger.ClosedUntil));
    }

    [Fact]
    public void Whatever_happens_a_day_has_no_more_calls_than_its_limit() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 60], Gen.Int[0, 40]).Array[1, 300].Sample(steps =>
        {
            var (ledger, now, leased, made) = (Fresh(200), midnight, 0, 0);
            foreach (var (what, calls, minutes) in steps)
            {
                now += TimeSpan.FromMinutes(minutes);
                if (now >= ledger.EndsAt)
                    (leased, made) = (0, 0);
                ledger = QuotaLedger.At(ledger, 200, now);
                switch (what)
                {
                    case 0 or 1:
                        (ledger, var granted) = ledger.Lease(calls, what, now);
                        leased += granted;
                        break;
                    case 2:
                        ledger = ledger.Returned(leased, ledger.EndsAt);
                        leased = 0;
                        break;
                    case 3:
                        made += leased; // The silo spends what it has.
                        leased = 0;
                        break;
                    default:
                        ledger = ledger.Refused(null, now);
                        break;
                }

                Assert.True(made + leased <= 200);
                Assert.Equal(made + leased, ledger.Used);
            }
        });
}
