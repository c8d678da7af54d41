using System.Text.Json;
using Alerts.Demo.Mailbox;
using static Alerts.EndToEnd.Support.ThingsOnSale;

namespace Alerts.EndToEnd;

/// <summary>What becomes of the news while the mail server is not well.</summary>
public sealed class MailServerTroubleTests
{
    [Fact]
    public async Task News_that_comes_while_a_mail_waits_is_told_with_it_in_one_mail()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310, 320));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);

        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));
        alerts.Marketplace.Script("iphone 13", Phones(300, 320));
        await alerts.TickAsync(ann);
        alerts.Marketplace.Script("iphone 13", Phones(290, 315));
        await alerts.TickAsync(ann);
        alerts.Mailbox.Faults.Clear();
        // The second wait is up to two and a half minutes.
        await alerts.TickAsync(ann);
        await alerts.TickAsync(ann);

        var mails = await alerts.MailsAsync(2);
        Assert.Equal("iPhone 13 number 1: $290, was $310, and 1 more", mails[1].Subject);
        Assert.Contains("was $310.00", mails[1].TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("$300.00", mails[1].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_half_an_hour_without_a_mail_server_a_thousand_users_get_one_mail_each_with_the_news_of_now()
    {
        const int count = 1_000;
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.AllowTime(TimeSpan.FromMinutes(4));
        alerts.Marketplace.Script("iphone 13", Phones(310, 320));
        var users = await alerts.EnrolManyAsync(count, "iphone 13");
        await alerts.MailsAsync(count);

        await alerts.Mailbox.CloseSmtpAsync();
        foreach (var price in Enumerable.Range(1, 15).Select(tick => 300 - tick))
        {
            alerts.Marketplace.Script("iphone 13", Phones(price, 320));
            await alerts.TickAllAsync(users);
        }

        Assert.Equal(count, alerts.Mailbox.AcceptedCount);
        await alerts.Mailbox.OpenSmtpAsync();
        alerts.Marketplace.Script("iphone 13", Phones(250, 320));
        // The longest wait that half an hour of attempts leads to is 32 minutes and a quarter.
        for (var tick = 0; tick < 21; tick++)
            await alerts.TickAllAsync(users);

        var later = (await alerts.MailsAsync(2 * count)).Skip(count).ToList();
        Assert.Equal(2 * count, alerts.Mailbox.AcceptedCount);
        Assert.Equal(count, later.Select(mail => mail.Recipients.Single()).Distinct().Count());
        Assert.All(later, mail =>
        {
            Assert.Equal("iPhone 13 number 1: $250, was $310", mail.Subject);
            Assert.Contains("$250.00 (was $310.00)", mail.TextBody, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_mail_that_left_before_a_restart_is_not_told_again_with_later_news()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310, 320));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);
        alerts.Marketplace.Script("iphone 13", Phones(300, 320));
        await alerts.TickAsync(ann);
        await alerts.MailsAsync(2);

        // The check that is due is the first thing the grain hears of after the restart.
        await alerts.RestartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(300, 315));
        await alerts.TickAsync(ann);

        var mail = Assert.Single(await alerts.MailsAsync(1));
        Assert.Equal("iPhone 13 number 2: $315, was $320", mail.Subject);
        Assert.DoesNotContain("number 1", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_a_mail_is_sent_again_only_when_that_was_written_down()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);
        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));
        alerts.Marketplace.Script("iphone 13", Phones(300));
        await alerts.TickAsync(ann);

        // As a cluster that fell apart does, where the user's grain may be active twice: who cannot claim the mail may not send it.
        await alerts.RefuseChangesAsync();
        await alerts.RestartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(300));
        await alerts.TickAsync(ann);
        Assert.Equal(0, alerts.Mailbox.AcceptedCount);

        await alerts.AcceptChangesAsync();
        await alerts.TickAsync(ann);
        Assert.Equal("iPhone 13 number 1: $300, was $310", Assert.Single(await alerts.MailsAsync(1)).Subject);
    }

    [Fact]
    public async Task The_time_of_the_next_attempt_outlives_a_restart()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        // The wait after the fourth attempt is six minutes at least and ten at most.
        while ((await FailuresAsync(alerts)).Count() < 4)
            await alerts.TickAsync(ann);

        await alerts.RestartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        await alerts.TickAsync(ann);
        await alerts.TickAsync(ann);
        Assert.Equal(0, alerts.Mailbox.AcceptedCount);

        for (var tick = 0; tick < 3; tick++)
            await alerts.TickAsync(ann);
        await alerts.MailsAsync(1);
    }

    [Fact]
    public async Task An_address_refused_three_times_as_dead_is_left_alone_and_operators_see_the_servers_words()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 <ann@example.org> is unknown"));
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        alerts.Marketplace.Script("iphone 13", Phones(300));
        await alerts.TickAsync(ann);
        alerts.Marketplace.Script("iphone 13", Phones(290));
        await alerts.TickAsync(ann);

        Assert.Equal("suppressed", (await alerts.GetAsync($"/v1/users/{ann}")).GetProperty("status").GetString());
        var failures = (await alerts.GetAsync("/v1/mails/failures")).GetProperty("items");
        Assert.Equal(3, failures.GetArrayLength());
        Assert.Equal("550 5.1.1 <(address)> is unknown", failures[0].GetProperty("reason").GetString());
        Assert.DoesNotContain("ann@", failures.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_counts_as_waiting_until_it_leaves_is_replaced_or_unsubscribed_from_or_its_user_pauses_or_is_erased()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var users = await alerts.EnrolManyAsync(4, "iphone 13");
        var link = (await alerts.MailsAsync(4)).Single(mail => mail.MessageId!.StartsWith(users[1], StringComparison.Ordinal)).Message.Headers["List-Unsubscribe"]!.Trim('<', '>');
        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));
        alerts.Marketplace.Script("iphone 13", Phones(300));
        await alerts.TickAllAsync(users);
        Assert.Equal(users.Order(), await WaitingAsync(alerts));

        (await alerts.Api.PostAsync(link, null, alerts.Cancellation)).Dispose();
        Assert.Equal(new[] { users[0], users[2], users[3] }.Order(), await WaitingAsync(alerts));

        (await alerts.Api.PostAsync($"/v1/users/{users[3]}/pause", null, alerts.Cancellation)).Dispose();
        Assert.Equal(new[] { users[0], users[2] }.Order(), await WaitingAsync(alerts));

        (await alerts.Api.DeleteAsync($"/v1/users/{users[2]}", alerts.Cancellation)).Dispose();
        await alerts.WorkAsync(users[2], 3);
        // The goodbye waits now, and no alert.
        Assert.Equal("goodbye", Assert.Single(await FailuresAsync(alerts), failure => IsOf(failure, users[2]) && failure.GetProperty("isWaiting").GetBoolean()).GetProperty("kind").GetString(), ignoreCase: true);

        alerts.Mailbox.Faults.Clear();
        alerts.Marketplace.Script("iphone 13", Phones(290));
        await alerts.TickAsync(users[0]);
        await alerts.TickAsync(users[2]);
        await alerts.MailsAsync(6);
        Assert.Empty(await WaitingAsync(alerts));
    }

    [Fact]
    public async Task A_mail_deferred_after_its_user_paused_does_not_count_as_waiting()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);
        var (reached, hold) = (new TaskCompletionSource(), new TaskCompletionSource());
        alerts.Mailbox.OnStage = stage =>
        {
            if (stage is not SmtpStage.Mail)
                return Task.CompletedTask;
            reached.TrySetResult();
            return hold.Task;
        };
        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));
        alerts.Marketplace.Script("iphone 13", Phones(300));
        var ticking = alerts.TickAsync(ann);
        await reached.Task.WaitAsync(alerts.Cancellation);

        (await alerts.Api.PostAsync($"/v1/users/{ann}/pause", null, alerts.Cancellation)).Dispose();
        hold.SetResult();
        await ticking;

        Assert.Single(await FailuresAsync(alerts));
        Assert.Empty(await WaitingAsync(alerts));
    }

    static async Task<IEnumerable<JsonElement>> FailuresAsync(AlertsDriver alerts) =>
        (await alerts.GetAsync("/v1/mails/failures")).GetProperty("items").EnumerateArray();

    static async Task<IEnumerable<string>> WaitingAsync(AlertsDriver alerts) => (await FailuresAsync(alerts))
        .Where(failure => failure.GetProperty("isWaiting").GetBoolean()).Select(failure => failure.GetProperty("userId").GetString()!).Distinct().Order();

    static bool IsOf(JsonElement failure, string user) => failure.GetProperty("userId").GetString() == user;
}
