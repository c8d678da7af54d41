using System.Text.RegularExpressions;
using Alerts.Demo.Marketplace;
using Alerts.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>The pages that links of mails lead to.</summary>
public class LinkPageTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_is_stopped_and_started_again_on_the_manage_page_and_the_list_shows_it()
    {
        var ann = await gateway.EnrolAsync("iphone 13", "iphone 14");
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/manage/" + ann.Token);

        await web.PressAsync("Stop this search");

        Assert.Equal((200, "/manage/" + ann.Token), (web.Status, web.Address.AbsolutePath));
        Assert.Equal(["iphone 13"], StoppedIn(web));
        await web.PressAsync("Start this search again");
        Assert.Empty(StoppedIn(web));
        Assert.All((await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches").EnumerateArray(), search => Assert.False(search.GetProperty("paused").GetBoolean()));
    }

    [Fact]
    public async Task Each_state_of_a_user_has_a_sentence_of_its_own()
    {
        var ann = await gateway.EnrolAsync();
        using var web = new WebPerson(gateway.Address);

        await web.GoAsync("/manage/" + ann.Token);
        Assert.Contains("We watch. Next look: ", web.Text, StringComparison.Ordinal);
        await ann.Api.PostJsonAsync(ann.Url + "/snooze", $$"""{"until":"{{gateway.Clock.GetUtcNow().AddDays(3):O}}"}""").IsAsync(200);
        await web.GoAsync("/manage/" + ann.Token);
        Assert.Contains("We watch again from Mar 5", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Go on with my alerts");
        await web.PressAsync("Pause all alerts");
        Assert.Contains("Paused. Nothing is looked at", web.Text, StringComparison.Ordinal);
        await ann.Api.PatchJsonAsync(ann.Url, """{"notify":"digest","frequencyMinutes":1440}""").IsAsync(200);
        await web.GoAsync("/manage/" + ann.Token);
        Assert.Contains("one mail a day, at 08:00", web.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_mail_has_no_room_for_is_on_the_page_it_links_to_by_the_searchs_own_filters()
    {
        var ann = TestGateway.NewEmail();
        gateway.Marketplace.Script("folding kayak", [.. Enumerable.Range(1, 40).Select(number =>
            new ListingSpec($"77{number:0000}", number == 40 ? "Paddle for a kayak" : $"Folding kayak {number}", 100 + number))]);
        await gateway.Admin.PostJsonAsync("/v1/users",
            $$"""{"email":"{{ann}}","frequencyMinutes":10,"searches":[{"phrase":"folding kayak","excludeWords":["paddle"]}]}""").IsAsync(201);

        var mail = await gateway.MailToAsync(ann);
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync(new Uri(Regex.Match(mail.TextBody!, @"and \d+ more: (\S+)").Groups[1].Value).PathAndQuery);

        Assert.Equal((200, "folding kayak"), (web.Status, web.Heading));
        Assert.Equal(39, web.Page.QuerySelectorAll("li.listing").Length);
        Assert.DoesNotContain("Paddle", web.Text, StringComparison.Ordinal);
        await web.GoAsync(web.Address.AbsolutePath + "0");
        Assert.Equal((404, "This link is not valid any more"), (web.Status, web.Heading));
    }

    [Fact]
    public async Task Searches_for_one_phrase_are_told_apart_by_their_filters()
    {
        var ann = await gateway.EnrolAsync("camera");
        await ann.Api.PutJsonAsync($"{ann.Url}/searches/{(await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches")[0].Text("id")}",
            """{"phrase":"camera","marketplace":"EBAY_DE","conditions":["USED"],"price":{"max":400},"excludeWords":["case","bag"]}""").IsAsync(200);
        using var web = new WebPerson(gateway.Address);

        await web.GoAsync("/manage/" + ann.Token);

        Assert.Contains("camera eBay DE, used, up to €400.00, without case, bag", web.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_may_have_been_passed_on_erases_nothing_and_mails_its_owner_a_link_that_signs_in()
    {
        var ann = await gateway.EnrolAsync();
        using var web = new WebPerson(gateway.Address);

        await web.GoAsync($"/manage/{ann.Token}/erase");
        Assert.Equal(404, web.Status);
        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync($"/manage/{ann.Token}/erase")).StatusCode);
        await web.GoAsync("/manage/" + ann.Token);
        Assert.DoesNotContain("Delete", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Mail me a sign-in link");

        Assert.Equal((200, "/sign-in/sent"), (web.Status, web.Address.AbsolutePath));
        await gateway.MailToAsync(ann.Email, mail => mail.TextBody!.Contains("/sign-in/", StringComparison.Ordinal));
        await gateway.Admin.GetAsync(ann.Url, Cancellation).IsAsync(200);
    }

    [Fact]
    public async Task The_way_out_shows_how_it_stands_each_time_its_link_is_followed()
    {
        var ann = await gateway.EnrolAsync();
        var link = "/unsubscribe/" + await gateway.LinkAsync(LinkPurpose.Unsubscribe, ann);
        using var web = new WebPerson(gateway.Address);

        await web.GoAsync(link);
        Assert.Equal("Stop all alerts?", web.Heading);
        await web.PressAsync("Unsubscribe");
        Assert.Equal((link, "Unsubscribed"), (web.Address.AbsolutePath, web.Heading));
        await web.PressAsync("Undo");
        Assert.Equal("Welcome back", web.Heading);
        await web.GoAsync(link);
        Assert.Equal("Stop all alerts?", web.Heading);
    }

    [Fact]
    public async Task Only_the_page_of_who_pressed_takes_an_unsubscription_back()
    {
        var ann = await gateway.EnrolAsync();
        var link = "/unsubscribe/" + await gateway.LinkAsync(LinkPurpose.Unsubscribe, ann);
        using (var web = new WebPerson(gateway.Address))
        {
            await web.GoAsync(link);
            await web.PressAsync("Unsubscribe");
            Assert.Single(web.Page.QuerySelectorAll("main button"), button => button.TextContent.Trim() == "Undo");
        }

        using var other = new WebPerson(gateway.Address);
        await other.GoAsync(link);
        Assert.Equal("Unsubscribed", other.Heading);
        Assert.Empty(other.Page.QuerySelectorAll("main button"));
        await other.GoAsync($"{link}?undo=../manage/{ann.Token}/resume");
        Assert.Empty(other.Page.QuerySelectorAll("main button"));
    }

    [Theory]
    [InlineData("/nothing-here", 404, "There is no such page")]
    [InlineData("/manage/x", 404, "This link is not valid any more")]
    [InlineData("/manage/x/searches/s-00000001", 404, "This link is not valid any more")]
    [InlineData("/manage/x/prices/y", 404, "This link is not valid any more")]
    [InlineData("/confirm/x", 404, "This link is not valid any more")]
    [InlineData("/unsubscribe/x", 404, "This link is not valid any more")]
    [InlineData("/resubscribe/x", 404, "This link is not valid any more")]
    public async Task A_browser_gets_a_page_for_an_error_and_a_program_does_not(string path, int status, string heading)
    {
        using var web = new WebPerson(gateway.Address);

        await web.GoAsync(path);

        Assert.Equal((status, heading), (web.Status, web.Heading));
        if (path == "/nothing-here")
            await gateway.Anonymous.GetAsync(path, Cancellation).IsAsync(404);
        await gateway.Anonymous.SendAsync(HttpMethod.Get, "/v1/nothing", null, ("Accept", "text/html,*/*")).IsAsync(404);
    }

    [Fact]
    public async Task A_page_lets_the_browser_load_nothing_from_elsewhere_and_keeps_itself_out_of_caches_and_frames()
    {
        using var web = new WebPerson(gateway.Address);

        await web.GoAsync("/manage/x");

        var policy = web.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = web.Page.QuerySelector("script")!.GetAttribute("nonce")!;
        Assert.Contains($"script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}';", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(["no-store"], web.Headers.GetValues("Cache-Control"));
        await web.GoAsync("/manage/x");
        Assert.NotEqual(nonce, web.Page.QuerySelector("script")!.GetAttribute("nonce"));
    }

    [Fact]
    public async Task HEAD_is_answered_where_GET_is()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/admin/sign-in");
        using var head = await gateway.Anonymous.SendAsync(request, Cancellation);

        Assert.Equal(200, (int)head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Links_and_forms_stand_under_the_path_of_the_public_address_whether_or_not_the_proxy_takes_it_off(bool isTakenOff)
    {
        await using var own = await TestGateway.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:PublicUrl"] = "http://127.0.0.1:6151/alerts/" });
        var ann = await own.EnrolAsync("camera");
        using var web = new WebPerson(own.Address);
        var page = $"/manage/{ann.Token}";

        await web.GoAsync(isTakenOff ? page : "/alerts" + page);

        Assert.Equal(200, web.Status);
        var address = new Uri(own.Address, web.Page.QuerySelector("base")!.GetAttribute("href")!);
        Assert.Equal("/alerts/", address.AbsolutePath);
        Assert.All(web.Page.QuerySelectorAll("form"), form => Assert.StartsWith($"/alerts/manage/", new Uri(address, form.GetAttribute("action")!).AbsolutePath, StringComparison.Ordinal));
        await web.PressAsync("Pause all alerts");
        Assert.Equal((200, "/alerts" + page), (web.Status, web.Address.AbsolutePath));
        Assert.Equal("paused", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
    }

    static IEnumerable<string> StoppedIn(WebPerson web) =>
        web.Page.QuerySelectorAll("li").Where(item => item.QuerySelector(".badge") is not null).Select(item => item.QuerySelector("strong")!.TextContent);
}
