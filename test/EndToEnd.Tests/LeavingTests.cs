using System.Net;
using Alerts.Demo.Mailbox;
using static Alerts.EndToEnd.Support.ThingsOnSale;

namespace Alerts.EndToEnd;

/// <summary>Erasing one's alerts is confirmed by one last mail, and nothing comes after it.</summary>
public sealed class LeavingTests
{
    const string Goodbye = "Your product alerts have been deleted";

    [Fact]
    public async Task Who_erases_the_alerts_gets_one_goodbye_and_then_nothing_more()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(alerts, ann));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(alerts, ann));
        var goodbye = (await alerts.MailsAsync(2))[1];
        alerts.Marketplace.Script("iphone 13", Phones(300));
        await alerts.TickUnservedAsync(ann);
        await alerts.TickUnservedAsync(ann);

        Assert.Equal(Goodbye, goodbye.Subject);
        Assert.False(goodbye.Message.Headers.Contains("List-Unsubscribe"));
        Assert.DoesNotContain("iphone", goodbye.TextBody, StringComparison.Ordinal);
        Assert.Equal(2, alerts.Mailbox.AcceptedCount);
    }

    [Fact]
    public async Task A_goodbye_that_the_mail_server_does_not_take_outlives_a_restart_and_comes_once()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);
        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));

        await DeleteAsync(alerts, ann);
        await alerts.WorkAsync(ann, 2);
        Assert.Equal(1, alerts.Mailbox.AcceptedCount);
        // The alerts are gone although their goodbye waits, and the address is free.
        using (var gone = await alerts.Api.GetAsync($"/v1/users/{ann}", alerts.Cancellation))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await alerts.RestartAsync();
        await alerts.TickAsync(ann);
        await alerts.TickUnservedAsync(ann);

        Assert.Equal(Goodbye, Assert.Single(await alerts.MailsAsync(1)).Subject);
        alerts.Marketplace.Script("iphone 13", Phones(310));
        Assert.NotEqual(ann, await alerts.EnrolAsync("ann@example.org", "iphone 13"));
        Assert.Equal("Your alerts are on: 1 listing for iphone 13", (await alerts.MailsAsync(2))[1].Subject);
    }

    [Fact]
    public async Task A_goodbye_is_sent_again_after_a_restart_only_when_that_was_written_down()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);
        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));
        await DeleteAsync(alerts, ann);
        await alerts.WorkAsync(ann, 2);

        await alerts.RefuseChangesAsync();
        await alerts.RestartAsync();
        await alerts.TickAsync(ann);
        Assert.Equal(0, alerts.Mailbox.AcceptedCount);

        await alerts.AcceptChangesAsync();
        await alerts.TickAsync(ann);
        Assert.Equal(Goodbye, Assert.Single(await alerts.MailsAsync(1)).Subject);
    }

    static async Task<HttpStatusCode> DeleteAsync(AlertsDriver alerts, string user)
    {
        using var response = await alerts.Api.DeleteAsync($"/v1/users/{user}", alerts.Cancellation);
        return response.StatusCode;
    }
}
