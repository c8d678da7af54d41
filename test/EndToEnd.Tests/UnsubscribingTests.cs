using System.Text.RegularExpressions;
using System.Net;
using System.Text;
using Alerts.Demo.Mailbox;
using AngleSharp.Html.Parser;
using static Alerts.EndToEnd.Support.ThingsOnSale;

namespace Alerts.EndToEnd;

/// <summary>The way out of the mails and back, as mail programs and people take it.</summary>
public sealed class UnsubscribingTests
{
    [Fact]
    public async Task One_click_stops_all_mails_at_once_whatever_the_body_and_without_a_redirect()
    {
        foreach (var body in Bodies())
        {
            await using var alerts = await AlertsDriver.StartAsync();
            alerts.Marketplace.Script("iphone 13", Phones(310));
            var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
            var mail = (await alerts.MailsAsync(1))[0];
            Assert.Equal("List-Unsubscribe=One-Click", mail.Message.Headers["List-Unsubscribe-Post"]);

            using var mailProgram = Stranger(alerts);
            using var response = await mailProgram.PostAsync(UnsubscribeLink(mail), body, alerts.Cancellation);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.False(response.Headers.Contains("Set-Cookie"));
            Assert.Equal("paused", await StatusAsync(alerts, ann));
        }
    }

    [Fact]
    public async Task A_link_that_is_only_followed_changes_nothing()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        var link = UnsubscribeLink((await alerts.MailsAsync(1))[0]);

        using var scanner = Stranger(alerts);
        using var response = await scanner.GetAsync(link, alerts.Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("active", await StatusAsync(alerts, ann));
    }

    [Fact]
    public async Task People_click_a_button_and_can_take_it_back()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        using var person = Stranger(alerts);

        var link = UnsubscribeLink((await alerts.MailsAsync(1))[0]);
        var done = await ClickAsync(person, await person.GetStringAsync(link, alerts.Cancellation), alerts);
        alerts.Marketplace.Script("iphone 13", Phones(300));
        await alerts.TickUnservedAsync(ann);
        Assert.Equal(1, alerts.Mailbox.AcceptedCount);
        var welcome = await ClickAsync(person, done, alerts);

        Assert.Contains("Welcome back", welcome, StringComparison.Ordinal);
        Assert.Equal("active", await StatusAsync(alerts, ann));
        Assert.Equal("iPhone 13 number 1: $300, was $310", (await alerts.MailsAsync(2))[1].Subject);
    }

    [Fact]
    public async Task One_search_can_be_stopped_while_the_others_go_on()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        alerts.Marketplace.Script("iphone 14", [Phone(5, 510)]);
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13", "iphone 14");
        var mail = (await alerts.MailsAsync(1))[0];
        var stop = new HtmlParser().ParseDocument(mail.HtmlBody!).QuerySelectorAll("a").First(link => link.TextContent == "Stop this search").GetAttribute("href")!;
        using var person = Stranger(alerts);

        var page = await person.GetStringAsync(stop, alerts.Cancellation);
        Assert.Contains("iphone 13", page, StringComparison.Ordinal);
        var done = await ClickAsync(person, page, alerts);
        alerts.Marketplace.Script("iphone 13", Phones(300));
        alerts.Marketplace.Script("iphone 14", [Phone(5, 500)]);
        await alerts.TickAsync(ann);
        Assert.Equal("iPhone 13 number 5: $500, was $510", (await alerts.MailsAsync(2))[1].Subject);

        await ClickAsync(person, done, alerts);
        Assert.Equal("iPhone 13 number 1: $300, was $310", (await alerts.MailsAsync(3))[2].Subject);
    }

    [Fact]
    public async Task A_mail_that_waits_to_be_sent_is_not_sent_after_unsubscribing()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        var link = UnsubscribeLink((await alerts.MailsAsync(1))[0]);
        alerts.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Mail, 451, "4.3.0 Try again later"));
        alerts.Marketplace.Script("iphone 13", Phones(300));
        await alerts.TickAsync(ann);
        alerts.Mailbox.Faults.Clear();

        using var mailProgram = Stranger(alerts);
        using var response = await mailProgram.PostAsync(link, null, alerts.Cancellation);
        await alerts.TickUnservedAsync(ann);
        await alerts.TickUnservedAsync(ann);

        Assert.Equal(1, alerts.Mailbox.AcceptedCount);
    }

    [Fact]
    public async Task Only_the_undo_link_of_the_user_leads_back_and_only_by_its_button()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var (ann, bea) = (await alerts.EnrolAsync("ann@example.org", "iphone 13"), await alerts.EnrolAsync("bea@example.org", "iphone 13"));
        var mails = (await alerts.MailsAsync(2)).ToDictionary(mail => mail.Recipients.Single());
        using var person = Stranger(alerts);
        var (undo, undoOfBea) = (await StopAsync("ann@example.org"), await StopAsync("bea@example.org"));
        var manage = new HtmlParser().ParseDocument(mails["ann@example.org"].HtmlBody!).QuerySelectorAll("a").First(link => link.TextContent == "Manage alerts").GetAttribute("href")!.Split('/')[^1];

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync($"/resubscribe/{manage}"));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(undoOfBea));
        using (var looked = await person.GetAsync(undo, alerts.Cancellation))
            Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        Assert.Equal(("paused", "active"), (await StatusAsync(alerts, ann), await StatusAsync(alerts, bea)));
        // And it is no link to stop anything.
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(undoOfBea.Replace("resubscribe", "unsubscribe", StringComparison.Ordinal)));
        Assert.Equal("active", await StatusAsync(alerts, bea));

        (await alerts.Api.PostAsync($"/v1/users/{ann}/token", null, alerts.Cancellation)).Dispose();
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(undo));
        Assert.Equal("paused", await StatusAsync(alerts, ann));

        async Task<string> StopAsync(string address)
        {
            var asked = await person.GetStringAsync(UnsubscribeLink(mails[address]), alerts.Cancellation);
            return new HtmlParser().ParseDocument(await ClickAsync(person, asked, alerts)).QuerySelector("form")!.GetAttribute("action")!;
        }

        async Task<HttpStatusCode> PostAsync(string address)
        {
            using var response = await person.PostAsync(address, null, alerts.Cancellation);
            return response.StatusCode;
        }
    }

    /// <summary>A page without what every answer has of its own.</summary>
    static string WithoutNonce(string page) => Regex.Replace(page, "nonce=\"[^\"]*\"", "");

    [Fact]
    public async Task A_link_that_was_altered_is_worth_nothing_and_says_no_more()
    {
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone 13");
        var link = UnsubscribeLink((await alerts.MailsAsync(1))[0]);
        using var stranger = Stranger(alerts);

        foreach (var altered in (string[])[link[..^1], link.Replace("unsubscribe", "resubscribe", StringComparison.Ordinal), $"{alerts.Api.BaseAddress}unsubscribe/x"])
        {
            using var got = await stranger.GetAsync(altered, alerts.Cancellation);
            using var posted = await stranger.PostAsync(altered, null, alerts.Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, got.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
            Assert.Equal(WithoutNonce(await got.Content.ReadAsStringAsync(alerts.Cancellation)), WithoutNonce(await posted.Content.ReadAsStringAsync(alerts.Cancellation)));
        }

        Assert.Equal("active", await StatusAsync(alerts, ann));
    }

    static IEnumerable<HttpContent?> Bodies() =>
    [
        new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]),
        new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } },
        new StringContent("List-Unsubscribe=One-Click", Encoding.UTF8, "text/plain"),
        null,
    ];

    /// <summary>A client without the API key and without cookies, which follows no redirect.</summary>
    static HttpClient Stranger(AlertsDriver alerts) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = alerts.Api.BaseAddress };

    static string UnsubscribeLink(ReceivedMail mail) => mail.Message.Headers["List-Unsubscribe"]!.Trim('<', '>', ' ');

    static async Task<string> StatusAsync(AlertsDriver alerts, string user) =>
        (await alerts.GetAsync($"/v1/users/{user}")).GetProperty("status").GetString()!;

    /// <summary>Presses the one button of a page, as a browser does, and looks at the page it is led to.</summary>
    static async Task<string> ClickAsync(HttpClient person, string page, AlertsDriver alerts)
    {
        var form = new HtmlParser().ParseDocument(page).QuerySelector("form")!;
        Assert.Equal("post", form.GetAttribute("method"));
        var fields = form.QuerySelectorAll("input").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!));
        using var response = await person.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(fields), alerts.Cancellation);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return await person.GetStringAsync(response.Headers.Location, alerts.Cancellation);
    }
}
