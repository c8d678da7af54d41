using Alerts.Email;

namespace Alerts.Tests.Email;

public sealed class RetryScheduleTests
{
    [Fact]
    public void Waits_double_from_a_minute_to_an_hour_within_a_quarter()
    {
        var entry = new OutboxEntry { Notification = Mails.Listed(1) };
        double[] expected = [1, 2, 4, 8, 16, 32, 60, 60, 60];

        foreach (var minutes in expected)
        {
            var next = RetrySchedule.Next(entry, Mails.Now)!;
            Assert.Equal(entry.Attempts + 1, next.Attempts);
            Assert.InRange((next.NextAttemptAt!.Value - Mails.Now).TotalMinutes, minutes * 0.75, minutes * 1.25);
            entry = next;
        }
    }

    [Fact]
    public void Mails_deferred_together_come_back_spread_over_the_whole_range()
    {
        var waits = Enumerable.Range(0, 1_000)
            .Select(number => RetrySchedule.Next(new OutboxEntry { Notification = Mails.Listed(1) with { Id = $"n{number}" } }, Mails.Now)!)
            .Select(entry => (entry.NextAttemptAt!.Value - Mails.Now).TotalSeconds)
            .ToList();

        for (var from = 45; from < 75; from += 5)
            Assert.InRange(waits.Count(wait => wait >= from && wait < from + 5), 100, 240);
    }

    [Fact]
    public void A_mail_is_given_up_after_a_day_and_not_before()
    {
        var entry = new OutboxEntry { Notification = Mails.Listed(1) with { CreatedAt = Mails.Now } };

        Assert.NotNull(RetrySchedule.Next(entry, Mails.Now.AddHours(24).AddTicks(-1)));
        Assert.Null(RetrySchedule.Next(entry, Mails.Now.AddHours(24)));
    }
}
