using Alerts.Email;
using Alerts.Mail.Log;
using Alerts.Outbox;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Tests.Mail;

/// <summary>What an operator sees of the failures that each silo remembers.</summary>
public class DeliveryFailuresTests
{
    static DeliveryFailure Failure(string mail, double minutesAgo, bool isWaiting = true, int attempt = 1) => new()
    {
        At = Mails.Now.AddMinutes(-minutesAgo),
        UserId = Mails.AnnId,
        NotificationId = mail,
        Kind = NotificationKind.Changes,
        Attempt = attempt,
        IsFinal = false,
        Reason = "451 4.3.0 Try later",
        IsWaiting = isWaiting,
    };

    static IEnumerable<(string Mail, bool IsWaiting)> Seen(params DeliveryFailure[][] silos) =>
        DeliveryFailures.Together(silos, Mails.Now).Select(failure => (failure.NotificationId, failure.IsWaiting));

    [Fact]
    public void The_silos_memories_are_one_list_newest_first() => Assert.Equal(
        [("c", true), ("b", true), ("a", true)],
        Seen([Failure("a", 3), Failure("c", 1)], [Failure("b", 2)], []));

    [Fact]
    public void A_mail_waits_as_its_last_failure_says_wherever_that_was() => Assert.Equal(
        [("moved", false), ("moved", false), ("here", true), ("here", true)],
        Seen([Failure("moved", 5), Failure("here", 30)], [Failure("moved", 4, isWaiting: false, attempt: 2), Failure("here", 29, attempt: 2)]));

    [Fact]
    public void A_mail_that_was_not_tried_again_when_it_should_have_been_waits_for_the_server_no_longer() => Assert.Equal(
        [("late", true), ("gone", false)],
        Seen([Failure("gone", 121), Failure("late", 120)]));

    [Fact]
    public void Another_attempt_comes_before_a_failure_counts_as_old()
    {
        var entry = new OutboxEntry { Notification = Mails.Listed(1) };
        for (var attempt = 1; attempt <= 100; attempt++)
        {
            entry = RetrySchedule.Next(entry, DeferralCause.Server, Mails.Now)!;
            Assert.InRange(entry.NextAttemptAt!.Value - Mails.Now, TimeSpan.Zero, DeliveryFailures.TriedAgainWithin - TimeSpan.FromMinutes(30));
        }
    }

    [Fact]
    public async Task A_silo_keeps_the_last_two_hundred_and_of_all_silos_the_newest_two_hundred_are_shown()
    {
        var (one, other) = (new DeliveryFailures(), new DeliveryFailures());
        for (var number = 250; number > 0; number--)
        {
            one.Add(Failure($"one{number}", number));
            other.Add(Failure($"other{number}", number + 0.5));
        }

        var silos = new[] { await KeptAsync(one), await KeptAsync(other) };
        var seen = DeliveryFailures.Together(silos, Mails.Now);

        Assert.Equal([200, 200], silos.Select(silo => silo.Length));
        Assert.Equal(200, seen.Count);
        Assert.Equal(["one1", "other1", "one2"], seen.Take(3).Select(failure => failure.NotificationId));
        Assert.Equal("other100", seen[^1].NotificationId);
    }

    static async Task<DeliveryFailure[]> KeptAsync(DeliveryFailures failures) =>
        (DeliveryFailure[])(await ((Orleans.Providers.IControllable)failures).ExecuteCommand(0, null))!;
}
