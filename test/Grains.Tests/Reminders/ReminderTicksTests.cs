using Alerts.Reminders.Handover;

namespace Alerts.Tests.Reminders;

public class ReminderTicksTests
{
    static readonly DateTimeOffset start = new(2026, 11, 26, 12, 0, 0, 250, TimeSpan.Zero);
    static readonly ReminderEntry reminder = new() { StartAt = start.UtcDateTime, Period = TimeSpan.FromMinutes(2) };

    [Theory]
    [InlineData(0, 0, 0, false)] // after from, so not at from itself
    [InlineData(-1, 0, 0, true)]
    [InlineData(-30, -1, 0, false)] // not before its start
    [InlineData(1, 119_999, 0, false)]
    [InlineData(1, 120_000, 0, true)]
    [InlineData(-1, 0, 10_000, true)]
    [InlineData(0, 119_999, 10_000, false)]
    [InlineData(-300_000, 300_000, 10, true)] // longer than a period
    public void It_ticks_at_its_start_and_every_period_after(int from, int to, int periods, bool isIn)
    {
        var then = start + reminder.Period * periods;

        Assert.Equal(isIn, ReminderTicks.IsIn(reminder, then.AddMilliseconds(from), then.AddMilliseconds(to)));
    }
}
