using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using AngleSharp.Html.Parser;
using static Alerts.EndToEnd.Support.ThingsOnSale;

namespace Alerts.EndToEnd;

/// <summary>The main job, from the settings document to the mails, over real HTTP and SMTP.</summary>
public sealed class AlertsByMailTests
{
    [Fact]
    public async Task The_first_mail_lists_what_is_there_cheapest_first()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310, 290, 305));

        await alerts.EnrolAsync("ann@example.org", "iPhone 13");

        var mail = Assert.Single(await alerts.MailsAsync(1));
        Assert.Equal(["ann@example.org"], mail.Recipients);
        Assert.Contains("iPhone 13", mail.Subject, StringComparison.Ordinal);
        Assert.Equal(["iPhone 13 number 2", "iPhone 13 number 3", "iPhone 13 number 1"], TitlesIn(mail));
    }

    [Fact]
    public async Task Afterwards_only_a_new_listing_or_a_real_price_drop_is_mailed()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310, 290));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);

        await alerts.TickAsync(ann); // nothing changed
        alerts.Marketplace.Script("iphone 13", [Phone(1, 310), Phone(2, 250), Phone(3, 300) with { CreatedAt = alerts.Clock.GetUtcNow() }]);
        await alerts.TickAsync(ann);

        var mails = await alerts.MailsAsync(2);
        Assert.Equal(2, mails.Count);
        Assert.Equal(["iPhone 13 number 2", "iPhone 13 number 3"], TitlesIn(mails[1]));
        Assert.Equal("iPhone 13 number 2: $250, was $290, and 1 more", mails[1].Subject);
    }

    [Fact]
    public async Task One_search_at_eBay_serves_all_who_ask_the_same()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));

        await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.EnrolAsync("bob@example.org", " IPHONE   13 ");
        await alerts.EnrolAsync("carl@example.org", "iPhone 13");

        Assert.Equal(3, (await alerts.MailsAsync(3)).Select(mail => mail.Recipients.Single()).Distinct().Count());
        Assert.Equal(1, alerts.Marketplace.SearchCalls.Value);
    }

    [Fact]
    public async Task While_the_marketplace_is_down_nothing_is_mailed_and_afterwards_the_alert_resumes()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);

        alerts.Marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.ServerError });
        await alerts.TickAsync(ann);
        alerts.Marketplace.Faults.Clear();
        alerts.Marketplace.Script("iphone 13", Phones(299));
        await alerts.TickAsync(ann);

        var mails = await alerts.MailsAsync(2);
        Assert.Equal(["iPhone 13 number 1"], TitlesIn(mails[1]));
        Assert.Equal("iPhone 13 number 1: $299, was $310", mails[1].Subject);
    }

    [Theory]
    [InlineData(MarketplaceFaultKind.Warning)]
    [InlineData(MarketplaceFaultKind.Malformed)]
    [InlineData(MarketplaceFaultKind.Empty)]
    public async Task A_search_that_cannot_be_trusted_is_no_news(MarketplaceFaultKind kind)
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);

        alerts.Marketplace.Script("iphone 13", Phones(1, 2, 3));
        alerts.Marketplace.Faults.Add(new MarketplaceFault { Kind = kind });
        await alerts.TickAsync(ann);
        alerts.Marketplace.Faults.Clear();
        alerts.Marketplace.Script("iphone 13", Phones(305));
        await alerts.TickAsync(ann);

        Assert.Equal("iPhone 13 number 1: $305, was $310", (await alerts.MailsAsync(2))[1].Subject);
    }

    [Fact]
    public async Task A_mail_the_server_would_not_take_arrives_once_when_it_is_back()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.Mailbox.Faults.Struck.WaitForAsync(1, alerts.Cancellation);
        alerts.Mailbox.Faults.Clear();

        await alerts.TickAsync(ann);

        await alerts.MailsAsync(1);
        alerts.Marketplace.Script("iphone 13", Phones(300));
        await alerts.TickAsync(ann);
        var mails = await alerts.MailsAsync(2);
        Assert.Equal(2, mails.Count);
        Assert.Equal("iPhone 13 number 1: $300, was $310", mails[1].Subject);
    }

    [Fact]
    public async Task After_a_restart_nothing_is_forgotten_and_nothing_told_twice()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);
        var before = await alerts.GetAsync($"/v1/users/{ann}");

        await alerts.RestartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var after = await alerts.GetAsync($"/v1/users/{ann}");
        await alerts.TickAsync(ann);
        alerts.Marketplace.Script("iphone 13", Phones(300));
        await alerts.TickAsync(ann);

        Assert.Equal(before.ToString(), after.ToString());
        Assert.Equal("iPhone 13 number 1: $300, was $310", Assert.Single(await alerts.MailsAsync(1)).Subject);
    }

    static string[] TitlesIn(ReceivedMail mail) =>
        [.. new HtmlParser().ParseDocument(mail.HtmlBody!).QuerySelectorAll("a[href*='/itm/']").Select(link => link.TextContent.Trim()).Where(title => title.StartsWith("iPhone", StringComparison.Ordinal))];
}
