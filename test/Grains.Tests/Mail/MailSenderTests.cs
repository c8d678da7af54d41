using Alerts.Demo.Mailbox;
using Alerts.Mail.Log;
using Alerts.Outbox;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Tests.Mail;

public sealed class MailSenderTests
{
    [Fact]
    public async Task A_mail_arrives_with_its_own_name_and_is_recorded()
    {
        await using var route = await MailRoute.OpenAsync();

        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync($"{Mails.AnnId}.7"));

        var mail = Assert.Single(route.Mailbox.Mails);
        Assert.Equal($"{Mails.AnnId}.7@example.org", mail.MessageId);
        Assert.Equal(["ann@example.org"], mail.Recipients);
        var record = Assert.Single(await route.Log.ListAsync(Mails.AnnId, after: null, limit: 10, TestContext.Current.CancellationToken));
        Assert.Equal(new DeliveryRecord($"{Mails.AnnId}.7", Mails.AnnId, NotificationKind.EveryCheck, mail.Subject, Mails.Now, 1), record);
    }

    [Fact]
    public async Task A_mail_that_may_have_left_is_not_sent_again_when_the_log_has_it()
    {
        await using var route = await MailRoute.OpenAsync();
        await route.SendAsync("claimed");

        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("claimed", attempts: 1));

        Assert.Equal(1, route.Mailbox.AcceptedCount);
    }

    [Fact]
    public async Task A_mail_that_may_have_left_is_sent_when_the_log_has_it_not()
    {
        await using var route = await MailRoute.OpenAsync();

        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("claimed", attempts: 1));

        Assert.Equal(1, route.Mailbox.AcceptedCount);
        Assert.True(await route.Log.WasAcceptedAsync("claimed", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_mail_that_may_have_left_waits_while_the_log_does_not_answer_and_a_new_one_leaves()
    {
        await using var route = await MailRoute.OpenAsync();
        await route.BreakLogAsync();

        Assert.Equal(new DeliveryResult.Deferred("The delivery log did not answer: SqliteException"), await route.SendAsync("claimed", attempts: 1));
        Assert.Equal(0, route.Mailbox.AcceptedCount);
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("new"));
    }

    [Fact]
    public async Task What_did_not_leave_is_listed_with_the_servers_words_and_without_the_address()
    {
        await using var route = await MailRoute.OpenAsync();
        route.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 450, "4.2.1 <ann@example.org> is greylisted") with { Times = 1 });
        route.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 No such user") with { Times = 1 });

        await route.SendAsync("late");
        await route.SendAsync("never", attempts: 2);

        var failures = await ((Orleans.Providers.IControllable)route.Failures).ExecuteCommand(0, null);
        Assert.Equal(
            [
                ("late", 1, false, "450 4.2.1 <(address)> is greylisted"),
                ("never", 3, true, "550 5.1.1 No such user"),
            ],
            ((DeliveryFailure[])failures!).Select(failure => (failure.NotificationId, failure.Attempt, failure.IsFinal, failure.Reason)));
        Assert.Equal(2, route.Logged.Count);
        Assert.All(route.Logged, line => Assert.DoesNotContain("ann@", line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_mail_over_the_rate_waits_for_its_turn_and_one_too_far_away_is_deferred()
    {
        var options = Mails.Settings();
        options.MailsPerSecondPerDomain = 0.05;
        await using var route = await MailRoute.OpenAsync(options);

        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("first"));
        var second = route.SendAsync("second");
        Assert.IsType<DeliveryResult.Deferred>(await route.SendAsync("third"));
        Assert.IsType<DeliveryResult.Deferred>(await route.SendAsync("fourth", to: "bob@EXAMPLE.org"));
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("elsewhere", to: "ann@example.net"));
        Assert.False(second.IsCompleted);
        route.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.IsType<DeliveryResult.Accepted>(await second);
        Assert.Equal(3, route.Mailbox.AcceptedCount);
    }

    [Fact]
    public async Task The_rate_of_all_mails_is_kept_whatever_their_domains()
    {
        var options = Mails.Settings();
        options.MailsPerSecond = 0.05;
        await using var route = await MailRoute.OpenAsync(options);

        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("first"));
        var second = route.SendAsync("second", to: "ann@example.net");
        Assert.IsType<DeliveryResult.Deferred>(await route.SendAsync("third", to: "ann@example.com"));
        Assert.False(second.IsCompleted);
        route.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.IsType<DeliveryResult.Accepted>(await second);
    }

    [Fact]
    public async Task A_mail_sent_again_is_the_same_mail()
    {
        await using var route = await MailRoute.OpenAsync();
        route.Mailbox.Faults.Add(new MailboxFault { Stage = SmtpStage.Accepted, Kind = MailboxFaultKind.Drop, Times = 1 });

        Assert.IsType<DeliveryResult.Deferred>(await route.SendAsync());
        route.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync(attempts: 1));

        var (first, second) = (route.Mailbox.Mails[0].Message, route.Mailbox.Mails[1].Message);
        // The line between the parts is drawn by chance.
        Assert.Equal(
            first.Headers.Where(header => header.Id is not MimeKit.HeaderId.ContentType).Select(header => (header.Field, header.Value)),
            second.Headers.Where(header => header.Id is not MimeKit.HeaderId.ContentType).Select(header => (header.Field, header.Value)));
        Assert.Equal((first.TextBody, first.HtmlBody), (second.TextBody, second.HtmlBody));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task A_mail_deferred_a_day_after_it_was_made_is_listed_as_given_up(int ticks, bool isFinal)
    {
        await using var route = await MailRoute.OpenAsync();
        route.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try later"));
        route.Clock.Advance(RetrySchedule.GiveUpAfter + TimeSpan.FromTicks(ticks));

        await route.SendAsync(attempts: 30);

        var failure = Assert.Single((DeliveryFailure[])(await ((Orleans.Providers.IControllable)route.Failures).ExecuteCommand(0, null))!);
        Assert.Equal((isFinal, !isFinal, 31), (failure.IsFinal, failure.IsWaiting, failure.Attempt));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_made_is_tried_six_times_then_given_up_and_listed_and_the_next_one_leaves()
    {
        await using var route = await MailRoute.OpenAsync();
        // No search is like this: it stands for a fault in a template.
        var notification = Mails.Notification(NotificationKind.Changes, Mails.Section(Mails.Item(1)) with { Phrase = null! });
        var results = new List<DeliveryResult>();
        for (OutboxEntry? entry = new() { Notification = notification }; entry is not null && results.Count < 10;)
        {
            results.Add(await route.Sender.SendAsync(Mails.To(Mails.Ann), entry, () => true, TestContext.Current.CancellationToken));
            route.Clock.Advance(TimeSpan.FromMinutes(1));
            entry = results[^1] is DeliveryResult.Deferred { Cause: var cause } ? RetrySchedule.Next(entry, cause, route.Clock.GetUtcNow()) : null;
        }

        // Where and what, but not the fault's own words: they may have the address in them.
        Assert.Contains("System.ArgumentNullException\n   at ", route.Logged[0], StringComparison.Ordinal);
        Assert.All(route.Logged, line => Assert.DoesNotContain("Value cannot be null", line, StringComparison.Ordinal));
        var reason = "The mail could not be made; the log of the silo says why.";
        Assert.Equal(Enumerable.Repeat(new DeliveryResult.Deferred(reason, DeferralCause.Compose), RetrySchedule.MaxComposeAttempts), results);
        var failures = (DeliveryFailure[])(await ((Orleans.Providers.IControllable)route.Failures).ExecuteCommand(0, null))!;
        Assert.Equal([false, false, false, false, false, true], failures.Select(failure => failure.IsFinal));
        Assert.IsType<DeliveryResult.Accepted>(await route.SendAsync("next"));
        Assert.Equal(1, route.Mailbox.AcceptedCount);
    }

    [Fact]
    public async Task A_mail_that_waited_for_the_server_has_its_six_attempts_at_being_made_all_the_same()
    {
        await using var route = await MailRoute.OpenAsync();
        var unmakeable = Mails.Notification(NotificationKind.Changes, Mails.Section(Mails.Item(1)) with { Phrase = null! });
        var entry = new OutboxEntry { Notification = unmakeable };
        for (var attempt = 0; attempt < 5; attempt++)
            entry = RetrySchedule.Next(entry, DeferralCause.Server, Mails.Now)!;

        var result = await route.Sender.SendAsync(Mails.To(Mails.Ann), entry, () => true, TestContext.Current.CancellationToken);

        entry = RetrySchedule.Next(entry, Assert.IsType<DeliveryResult.Deferred>(result).Cause, Mails.Now);
        Assert.Equal((6, 1), (entry!.Attempts, entry.ComposeFaults));
        Assert.False(Assert.Single((DeliveryFailure[])(await ((Orleans.Providers.IControllable)route.Failures).ExecuteCommand(0, null))!).IsFinal);
    }

    [Fact]
    public async Task No_more_mails_are_taken_and_not_recorded_than_there_are_connections()
    {
        var options = Mails.Settings();
        options.Connections = 2;
        await using var route = await MailRoute.OpenAsync(options);
        var held = await route.HoldDatabaseAsync();
        var sending = Enumerable.Range(1, 5).Select(number => route.SendAsync($"mail{number}")).ToList();

        await route.Mailbox.WaitForCountAsync(2, TestContext.Current.CancellationToken);
        // The other three have joined the queue for a connection, and none has its turn.
        Assert.Equal((2, 3), (route.Mailbox.AcceptedCount, route.Pool.Waiting));
        await held.DisposeAsync();

        Assert.All(await Task.WhenAll(sending), result => Assert.IsType<DeliveryResult.Accepted>(result));
        Assert.Equal(5, (await route.Log.ListAsync(Mails.AnnId, after: null, limit: 10, TestContext.Current.CancellationToken)).Count);
    }
}
