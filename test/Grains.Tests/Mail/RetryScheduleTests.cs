using Alerts.Outbox;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Tests.Mail;

public sealed class RetryScheduleTests
{
    [Fact]
    public void Waits_double_from_a_minute_to_an_hour_within_a_quarter()
    {
        var entry = new OutboxEntry { Notification = Mails.Listed(1) };
        double[] expected = [1, 2, 4, 8, 16, 32, 60, 60, 60];

        foreach (var minutes in expected)
        {
            var next = RetrySchedule.Next(entry, DeferralCause.Server, Mails.Now)!;
            Assert.Equal((entry.Notification, entry.Attempts + 1), (next.Notification, next.Attempts));
            Assert.InRange((next.NextAttemptAt!.Value - Mails.Now).TotalMinutes, minutes * 0.75, minutes * 1.25);
            entry = next;
        }
    }

    [Fact]
    public void Mails_deferred_together_come_back_spread_over_the_whole_range()
    {
        var waits = Enumerable.Range(0, 1_000)
            .Select(number => RetrySchedule.Next(new OutboxEntry { Notification = Mails.Listed(1) with { Id = $"n{number}" } }, DeferralCause.Server, Mails.Now)!)
            .Select(entry => (entry.NextAttemptAt!.Value - Mails.Now).TotalSeconds)
            .ToList();

        for (var from = 45; from < 75; from += 5)
            Assert.InRange(waits.Count(wait => wait >= from && wait < from + 5), 100, 240);
    }

    [Fact]
    public void A_mail_that_waits_long_once_does_not_wait_long_each_time()
    {
        var parts = new HashSet<double>();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var next = RetrySchedule.Next(new OutboxEntry { Notification = Mails.Listed(1), Attempts = attempt + 6 }, DeferralCause.Server, Mails.Now)!;
            parts.Add((next.NextAttemptAt!.Value - Mails.Now).TotalMinutes);
        }

        Assert.Equal(20, parts.Count);
        Assert.InRange(parts.Average(), 54, 66);
    }

    [Fact]
    public void A_mail_is_given_up_after_a_day_and_not_before()
    {
        var entry = new OutboxEntry { Notification = Mails.Listed(1) with { CreatedAt = Mails.Now } };

        Assert.NotNull(RetrySchedule.Next(entry, DeferralCause.Server, Mails.Now.AddHours(24).AddTicks(-1)));
        Assert.Null(RetrySchedule.Next(entry, DeferralCause.Server, Mails.Now.AddHours(24)));
    }
}
