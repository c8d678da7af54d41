using Alerts.Demo.Mailbox;

namespace Alerts.Gateway.Tests;

static class SuppressedPeople
{
    /// <summary>A user whose mailbox the server does not know, three mails long.</summary>
    public static async Task<Person> SuppressedAsync(this TestGateway gateway)
    {
        var ann = await gateway.EnrolAsync("gone one");
        gateway.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 No such user") with { Recipient = ann.Email, Times = 3 });
        for (var number = 1; number <= 4; number++)
        {
            await ann.Api.PostJsonAsync(ann.Url + "/searches", $$"""{ "phrase": "gone {{number}}" }""").IsAsync(201);
            await gateway.UntilAsync(
                () => gateway.Admin.GetJsonAsync("/v1/mails/failures"),
                failures => failures.GetProperty("items").EnumerateArray().Count(item => item.Text("userId") == ann.Id) >= Math.Min(number, 3));
        }

        await gateway.UntilAsync(() => ann.Api.GetJsonAsync(ann.Url), user => user.Text("status") == "suppressed");
        return ann;
    }
}
