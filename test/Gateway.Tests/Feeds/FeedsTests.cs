using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Gateway.Tests.Pages;

namespace Alerts.Gateway.Tests.Feeds;

/// <summary>The Atom feed of a user, as a feed reader and who owns it meet it.</summary>
public sealed partial class FeedsTests : IAsyncLifetime
{
    const string HardTitle = "<b>\"5 > 4\"</b> & co's \u0001 ]]> 🎸";
    static readonly XNamespace atom = "http://www.w3.org/2005/Atom";

    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task A_feed_shows_what_the_searches_find_newest_first_as_valid_Atom()
    {
        Sell("feed lamp", ("1", "feed lamp one", 100), ("2", HardTitle, 1234.5m));
        Sell("feed chair", ("3", "feed chair three", 70));
        var ann = await gateway.EnrolAsync("feed lamp", "feed chair");
        await gateway.MailToAsync(ann.Email);
        var feed = await ann.Api.PostAsync(ann.Url + "/feed").IsAsync(200);
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        Sell("feed lamp", ("1", "feed lamp one", 100), ("2", HardTitle, 1234.5m), ("4", "feed lamp four", 50));
        await gateway.TickAsync(ann.Id);
        await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("50", StringComparison.Ordinal));

        var (all, one) = (await ReadAsync(feed.Text("url")), await ReadAsync(feed.GetProperty("searches")[1].Text("url")));

        AssertValid(all, feed.Text("url"));
        AssertValid(one, feed.GetProperty("searches")[1].Text("url"));
        var entries = all.Elements(atom + "entry").ToList();
        Assert.Equal(4, entries.Count);
        Assert.Equal("$50.00: feed lamp four", Text(entries[0], "title"));
        Assert.Equal(gateway.Clock.GetUtcNow(), Moment(entries[0]));
        var hard = entries.Single(entry => Text(entry, "id").EndsWith(":200000000002", StringComparison.Ordinal));
        Assert.Equal("$1,234.50: <b>\"5 > 4\"</b> & co's   ]]> 🎸", Text(hard, "title"));
        Assert.DoesNotContain("<b>\"5", Text(hard, "content"), StringComparison.Ordinal);
        Assert.Equal("feed lamp", (string)hard.Element(atom + "category")!.Attribute("term")!);
        Assert.Equal(["$70.00: feed chair three"], one.Elements(atom + "entry").Select(entry => Text(entry, "title")));
        Assert.Equal("feed chair", Text(one, "title"));
        Assert.Equal(all.Element(atom + "updated")!.Value, entries[0].Element(atom + "updated")!.Value);
    }

    [Fact]
    public async Task A_reader_that_has_it_already_is_told_so_until_something_changes()
    {
        Sell("feed desk", ("1", "feed desk one", 100));
        var ann = await gateway.EnrolAsync("feed desk");
        await gateway.MailToAsync(ann.Email);
        var url = (await ann.Api.PostAsync(ann.Url + "/feed").IsAsync(200)).Text("url");
        var first = await gateway.Anonymous.GetAsync(url, Cancellation);
        var tag = first.Headers.ETag!.ToString();

        gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        await gateway.TickAsync(ann.Id);
        Assert.Equal((304, 0), await StatusAsync(HttpMethod.Get, url, ("If-None-Match", $"\"other\", W/{tag}")));
        Assert.Equal((304, 0), await StatusAsync(HttpMethod.Get, url, ("If-None-Match", tag)));
        Assert.Equal((200, 0), await StatusAsync(HttpMethod.Head, url));
        Sell("feed desk", ("1", "feed desk one", 60));
        gateway.Clock.Advance(TimeSpan.FromMinutes(10));
        await gateway.TickAsync(ann.Id);
        await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("60", StringComparison.Ordinal));

        var changed = await gateway.Anonymous.SendAsync(HttpMethod.Get, url, null, ("If-None-Match", tag));
        Assert.Equal((HttpStatusCode.OK, "no-cache, private", "application/atom+xml"),
            (changed.StatusCode, changed.Headers.GetValues("Cache-Control").Single(), changed.Content.Headers.ContentType!.MediaType));
        Assert.NotEqual(tag, changed.Headers.ETag!.ToString());
        var entries = XDocument.Parse(await changed.Content.ReadAsStringAsync(Cancellation)).Root!.Elements(atom + "entry").ToList();
        Assert.Equal(["$60.00: feed desk one"], entries.Select(entry => Text(entry, "title")));
        Assert.Equal(Ids(XDocument.Parse(await first.Content.ReadAsStringAsync(Cancellation)).Root!), Ids(entries[0].Parent!));
    }

    [Fact]
    public async Task What_was_seen_more_than_six_hours_ago_is_not_shown_and_a_pause_empties_the_feed()
    {
        Sell("feed sofa", ("1", "feed sofa one", 100));
        var ann = await gateway.EnrolAsync("feed sofa");
        await gateway.MailToAsync(ann.Email);
        var url = (await ann.Api.PostAsync(ann.Url + "/feed").IsAsync(200)).Text("url");
        gateway.Clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromSeconds(1));
        Assert.Single(Ids(await ReadAsync(url)));

        gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        var stale = await ReadAsync(url);
        AssertValid(stale, url);
        Assert.Empty(Ids(stale));
        await gateway.TickAsync(ann.Id);
        await gateway.UntilAsync(() => ReadAsync(url), feed => Ids(feed).Count == 1);
        await ann.Api.PostAsync(ann.Url + "/pause").IsAsync(200);

        var paused = await ReadAsync(url);
        AssertValid(paused, url);
        Assert.Empty(Ids(paused));
        Assert.StartsWith("Your alerts are paused.", Text(paused, "subtitle"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_was_renewed_removed_or_guessed_or_whose_user_is_gone_leads_nowhere()
    {
        var ann = await gateway.EnrolAsync("feed bed");
        Assert.False((await ann.Api.GetJsonAsync(ann.Url + "/feed")).TryGetProperty("url", out _));
        var first = await MakeAsync(ann);
        Assert.Equal(first, (await ann.Api.GetJsonAsync(ann.Url + "/feed")).Text("url"));
        var second = await MakeAsync(ann);

        await gateway.Anonymous.GetAsync(first, Cancellation).IsAsync(410);
        await ReadAsync(second);
        await gateway.Anonymous.GetAsync(second[..^2] + (second[^2] is 'A' ? "B" : "A") + second[^1], Cancellation).IsAsync(404);
        await gateway.Anonymous.GetAsync($"/feeds/{ann.Token}", Cancellation).IsAsync(404);
        await ann.Api.PostAsync(ann.Url + "/token").IsAsync(200);
        await gateway.Anonymous.GetAsync(second, Cancellation).IsAsync(410);
        var third = (await gateway.Admin.GetJsonAsync(ann.Url + "/feed")).Text("url");
        await ReadAsync(third);
        await gateway.Admin.DeleteAsync(ann.Url + "/feed", Cancellation).IsAsync(204);
        await gateway.Admin.DeleteAsync(ann.Url + "/feed", Cancellation).IsAsync(204);
        await gateway.Anonymous.GetAsync(third, Cancellation).IsAsync(410);
        var last = (await gateway.Admin.PostAsync(ann.Url + "/feed").IsAsync(200)).Text("url");
        await gateway.Admin.DeleteAsync(ann.Url, Cancellation).IsAsync(204);
        await gateway.Anonymous.GetAsync(last, Cancellation).IsAsync(410);
        await gateway.Admin.GetAsync(ann.Url + "/feed", Cancellation).IsAsync(404);
    }

    [Fact]
    public async Task The_link_of_a_mail_does_not_show_the_address_nor_does_another_person()
    {
        var (ann, ben) = (await gateway.EnrolAsync("feed mine"), await gateway.EnrolAsync("feed yours"));
        await MakeAsync(ann);
        var mail = await gateway.MailToAsync(ann.Email);
        var link = gateway.WithToken(ManageLink.Match(mail.HtmlBody!).Groups[1].Value);

        await link.GetAsync(ann.Url + "/feed", Cancellation).IsAsync(403);
        await link.PostAsync(ann.Url + "/feed").IsAsync(403);
        await ben.Api.GetAsync(ann.Url + "/feed", Cancellation).IsAsync(403);
        await gateway.Anonymous.GetAsync(ann.Url + "/feed", Cancellation).IsAsync(401);
    }

    [Fact]
    public async Task Who_has_not_confirmed_has_no_feed_and_a_reader_that_asks_all_the_time_waits()
    {
        await using var confirming = await TestGateway.StartAsync(
            ConfirmationMode.Required, new Dictionary<string, string?> { ["Alerts:RateLimits:FeedReadsPerHour"] = "2" });
        var email = TestGateway.NewEmail();
        var user = await confirming.Admin.PostJsonAsync("/v1/users", JsonSerializer.Serialize(TestGateway.Settings(email))).IsAsync(201);
        await confirming.Admin.PostAsync($"/v1/users/{user.Text("id")}/feed").IsAsync(409);
        var mail = await confirming.MailToAsync(email);
        await confirming.Anonymous.PostAsync(ConfirmLink.Match(mail.TextBody!).Value, null, Cancellation);
        var url = (await confirming.Admin.PostAsync($"/v1/users/{user.Text("id")}/feed").IsAsync(200)).Text("url");

        await confirming.Anonymous.GetStringAsync(url, Cancellation);
        await confirming.Anonymous.GetStringAsync(url, Cancellation);
        using var third = await confirming.Anonymous.GetAsync(url, Cancellation);
        Assert.Equal((429, TimeSpan.FromMinutes(30)), ((int)third.StatusCode, third.Headers.RetryAfter!.Delta));
    }

    [Fact]
    public async Task The_feed_is_made_shown_renewed_and_removed_on_the_settings_page()
    {
        Sell("feed shelf", ("1", "feed shelf one", 100));
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", "feed shelf"));
        await web.PressAsync("Watch it", ("email", TestGateway.NewEmail()));
        await web.GoAsync("/settings");

        await web.PressAsync("Make a feed");
        var first = Addresses(web);
        await web.PressAsync("Make new addresses");
        var second = Addresses(web);
        Assert.Contains("These are the new addresses.", web.Text, StringComparison.Ordinal);
        Assert.Equal((2, 2), (first.Count, second.Count));
        await gateway.Anonymous.GetAsync(first[0], Cancellation).IsAsync(410);
        await gateway.UntilAsync(() => ReadAsync(second[1]), feed => Ids(feed).Count == 1);
        gateway.Clock.Advance(TimeSpan.FromMinutes(16));
        await web.GoAsync("/settings");
        Assert.Equal(second, Addresses(web));
        Assert.DoesNotContain(web.Page.QuerySelectorAll("button"), button => button.TextContent == "Make new addresses");
        await web.PressAsync("Remove the feed");

        Assert.Empty(Addresses(web));
        await gateway.Anonymous.GetAsync(second[0], Cancellation).IsAsync(410);
    }

    /// <summary>What RFC 4287 asks of a feed, and what validators ask besides.</summary>
    static void AssertValid(XElement feed, string self)
    {
        Assert.Equal(atom + "feed", feed.Name);
        Assert.Equal(self, (string)feed.Elements(atom + "link").Single(link => (string?)link.Attribute("rel") == "self").Attribute("href")!);
        Assert.NotEmpty(Text(feed.Element(atom + "author")!, "name"));
        var ids = new List<string> { Text(feed, "id") };
        foreach (var part in (XElement[])[feed, .. feed.Elements(atom + "entry")])
        {
            Assert.True(Uri.TryCreate(Text(part, "id"), UriKind.Absolute, out _));
            Assert.NotEmpty(Text(part, "title"));
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", Text(part, "updated"));
            var alternates = part.Elements(atom + "link").Where(link => (string?)link.Attribute("rel") is null or "alternate").ToList();
            Assert.StartsWith("http", (string)Assert.Single(alternates).Attribute("href")!, StringComparison.Ordinal);
        }

        ids.AddRange(Ids(feed));
        Assert.Equal(ids.Distinct(), ids);
    }

    static List<string> Ids(XElement feed) => [.. feed.Elements(atom + "entry").Select(entry => Text(entry, "id"))];

    static string Text(XElement parent, string name) => Assert.Single(parent.Elements(atom + name)).Value;

    static DateTimeOffset Moment(XElement entry) => DateTimeOffset.Parse(Text(entry, "updated"), CultureInfo.InvariantCulture);

    static List<string> Addresses(WebPerson web) => [.. web.Page.QuerySelectorAll("code.token").Select(code => code.TextContent)];

    static async Task<string> MakeAsync(Person person) => (await person.Api.PostAsync(person.Url + "/feed").IsAsync(200)).Text("url");

    async Task<XElement> ReadAsync(string url) => XDocument.Parse(await gateway.Anonymous.GetStringAsync(url, Cancellation)).Root!;

    async Task<(int Status, int Length)> StatusAsync(HttpMethod method, string url, params (string Name, string Value)[] headers)
    {
        using var response = await gateway.Anonymous.SendAsync(method, url, null, headers);
        return ((int)response.StatusCode, (await response.Content.ReadAsByteArrayAsync(Cancellation)).Length);
    }

    void Sell(string phrase, params (string Number, string Title, decimal Price)[] offers) => gateway.Marketplace.Script(
        phrase, [.. offers.Select(offer => new ListingSpec($"2000000{int.Parse(offer.Number, null):00000}", offer.Title, offer.Price))]);

    [GeneratedRegex(@"/manage/([\w.-]+)")]
    private static partial Regex ManageLink { get; }

    [GeneratedRegex(@"/confirm/[\w.-]+")]
    private static partial Regex ConfirmLink { get; }
}
