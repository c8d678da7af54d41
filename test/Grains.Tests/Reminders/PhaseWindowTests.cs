using Alerts.Configuration;
using Alerts.Reminders.Spread;
using CsCheck;

namespace Alerts.Tests.Reminders;

public class PhaseWindowTests
{
    static readonly PhaseWindow window = new(AlertsOptions.StandardReminderPeriod);
    static readonly DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_next_moment_is_in_the_users_second_and_at_most_one_window_away() =>
        Gen.Select(Gen.Int[0, 119], Gen.UInt, Gen.Long[0, TimeSpan.TicksPerDay]).Sample((second, hash, ticks) =>
        {
            var now = noon.AddTicks(ticks);
            var next = window.Next(second, hash, now);
            return next > now && next <= now + window.Length
                && window.SecondOf(next.UtcDateTime) == second
                && window.SecondOf(next.UtcDateTime.AddMilliseconds(249)) == second;
        });

    [Fact]
    public void Every_reminder_of_a_user_is_on_one_grid() =>
        Gen.Select(Gen.Int[0, 119], Gen.UInt, Gen.Long[0, TimeSpan.TicksPerDay]).Sample((second, hash, ticks) =>
            (window.Next(second, hash, noon.AddTicks(ticks)) - window.Next(second, hash, noon)).Ticks % window.Length.Ticks == 0);

    [Fact]
    public void Windows_are_cut_into_whole_seconds_and_the_rest_belongs_to_the_last()
    {
        var odd = new PhaseWindow(TimeSpan.FromSeconds(5.5));
        var start = new DateTime(odd.Length.Ticks * 1000, DateTimeKind.Utc);
        Assert.Equal(5, odd.Seconds);
        Assert.Equal(4, odd.SecondOf(start.AddSeconds(4.2)));
        Assert.Equal(4, odd.SecondOf(start.AddSeconds(5.4)));
        Assert.Equal(0, odd.SecondOf(start.AddSeconds(5.5)));
    }

    [Fact]
    public void Without_a_dispatcher_twenty_thousand_users_still_use_every_second()
    {
        var load = new int[120];
        for (var number = 0; number < 20_000; number++)
            load[window.SecondOf(SomeUsers.HashOf(SomeUsers.Id(number)))]++;
        // A hash throws users like dice: 167 a second with a deviation of 13, which five of them bound.
        Assert.InRange(load.Min(), 102, 167);
        Assert.InRange(load.Max(), 167, 232);
    }
}
