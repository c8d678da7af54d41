namespace Alerts.Gateway.Tests.Pages;

/// <summary>What people are told when the service looks every five minutes.</summary>
public class ReminderPeriodTests
{
    [Fact]
    public async Task Pages_and_mails_say_every_five_minutes_and_offer_nothing_shorter()
    {
        await using var gateway = await TestGateway.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:ReminderPeriod"] = "00:05:00" });
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/?phrase=camera");
        Assert.DoesNotContain("every 2 minutes", web.Page.QuerySelector("#frequencyMinutes")!.TextContent, StringComparison.Ordinal);

        await web.PressAsync("Watch it", ("email", TestGateway.NewEmail()), ("frequencyMinutes", "2"));
        Assert.Contains("every 5 minutes", web.Text, StringComparison.Ordinal);
        await web.GoAsync("/settings");
        var choices = web.Page.QuerySelectorAll("#frequencyMinutes option");
        Assert.Equal(["every 5 minutes", "every 10 minutes", "every 20 minutes"], choices.Take(3).Select(choice => choice.TextContent.Trim()));
        Assert.Equal("every 5 minutes", choices.Single(choice => choice.HasAttribute("selected")).TextContent.Trim());

        var mail = (await gateway.Mailbox.WaitForCountAsync(1, TestContext.Current.CancellationToken))[0];
        Assert.Contains("every 5 minutes", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("2 minutes", mail.TextBody, StringComparison.Ordinal);
    }
}
