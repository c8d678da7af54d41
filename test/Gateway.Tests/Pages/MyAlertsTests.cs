using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Demo.Mailbox;
using Alerts.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>The pages of who is signed in. Addresses are not confirmed here, so the start page signs in at once.</summary>
public class MyAlertsTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_field_of_a_search_is_edited_saved_and_shown_again()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.FollowAsync("Edit: camera");

        await web.PressAsync("Save", ("phrase", "film camera"), ("marketplace", "EBAY_DE"), ("min", "1.000,50"), ("max", "2,000.75"), ("conditions", "USED"), ("buyingOptions", "AUCTION"),
            ("excludeWords", "case, bag"), ("freeShipping", "1"), ("locationCountry", "de"), ("category", "625"), ("excludeSellers", "shop1, shop2"), ("priceAtOrBelow", "1500"),
            ("dropPercent", "5"), ("watch", "cheapest"), ("minimumChange", "2"), ("priceRises", "1"), ("rearmPercent", "3"), ("cooldownHours", "12"));

        Assert.Equal((200, "/alerts"), (web.Status, web.Address.AbsolutePath));
        var search = (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).GetProperty("searches")[0];
        Assert.Equal(("film camera", "EBAY_DE", "DE", "625"), (search.Text("phrase"), search.Text("marketplace"), search.Text("locationCountry"), search.Text("category")));
        Assert.Equal((1000.50m, 2000.75m), (search.GetProperty("price").GetProperty("min").GetDecimal(), search.GetProperty("price").GetProperty("max").GetDecimal()));
        Assert.Equal("""["case","bag"]""", search.GetProperty("excludeWords").GetRawText());
        Assert.Equal("""["shop1","shop2"]""", search.GetProperty("excludeSellers").GetRawText());
        Assert.Equal("""["USED"]["AUCTION"]""", search.GetProperty("conditions").GetRawText() + search.GetProperty("buyingOptions").GetRawText());
        var rules = search.GetProperty("rules");
        Assert.Equal((1500m, 5m, 2m, 3m, 12, true, true), (rules.GetProperty("priceAtOrBelow").GetDecimal(), rules.GetProperty("dropPercent").GetDecimal(),
            rules.GetProperty("minimumChange").GetDecimal(), rules.GetProperty("rearmPercent").GetDecimal(), rules.GetProperty("cooldownHours").GetInt32(),
            rules.GetProperty("priceRises").GetBoolean(), rules.GetProperty("newListings").GetBoolean()));
        await web.FollowAsync("Edit: film camera");
        Assert.Equal(("1000.5", "2000.75", "DE"), (ValueOf(web, "min"), ValueOf(web, "max"), ValueOf(web, "locationCountry")));
    }

    [Fact]
    public async Task Places_and_eBays_own_filters_are_edited_kept_and_checked_before_any_call()
    {
        var (web, id) = await WatchingAsync("bike");
        using var _ = web;
        await web.FollowAsync("Edit: bike");
        await web.PressAsync("Save", ("conditionIds", "3000, 1000"), ("category", "177831"), ("aspects", "Color: Red, Blue\nBrand: Trek"), ("region", "NORTH_AMERICA"),
            ("pickupPostalCode", "19406"), ("pickupRadius", "25"), ("pickupUnit", "km"),
            ("pickupCountry", "ca"), ("deliverToCountry", "us"), ("deliverToPostalCode", "19406"), ("wholePostalCode", "1"));

        var search = (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).GetProperty("searches")[0];
        Assert.Equal("[3000,1000]", search.GetProperty("conditionIds").GetRawText());
        Assert.Equal("""[{"name":"Color","values":["Red","Blue"]},{"name":"Brand","values":["Trek"]}]""", search.GetProperty("aspects").GetRawText());
        Assert.Equal("NORTH_AMERICA", search.GetProperty("itemLocation").Text("region"));
        Assert.Equal(("19406", 25, "km"), (search.GetProperty("pickup").Text("postalCode"), search.GetProperty("pickup").GetProperty("radius").GetInt32(), search.GetProperty("pickup").Text("unit")));
        Assert.Equal("CA", search.GetProperty("pickup").Text("country"));
        Assert.True(search.GetProperty("deliverTo").GetProperty("wholePostalCode").GetBoolean());

        await web.FollowAsync("Edit: bike");
        Assert.Equal(("3000, 1000", "25"), (ValueOf(web, "conditionIds"), ValueOf(web, "pickupRadius")));
        await web.PressAsync("Save", ("conditionIds", "3001"), ("category", ""), ("pickupRadius", "501"), ("pickupCountry", "XX"), ("locationCountry", "US"));
        Assert.Equal(400, web.Status);
        foreach (var field in (string[])["conditionIds", "aspects", "pickupCountry", "pickupRadius", "region"])
            Assert.Equal($"{field}-error", web.Page.QuerySelector($"#{field}")!.GetAttribute("aria-describedby")!.Split(' ')[^1]);
    }

    [Fact]
    public async Task A_lead_before_an_auctions_end_is_set_and_where_it_is_too_short_the_page_says_so()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.FollowAsync("Edit: camera");
        await web.PressAsync("Save", ("buyingOptions", "AUCTION"), ("endingWithinMinutes", "30"), ("maxBids", "3"), ("bidAtOrBelow", "99.50"));
        var rules = (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).GetProperty("searches")[0].GetProperty("rules");
        Assert.Equal((30, 3, 99.5m), (rules.GetProperty("endingWithinMinutes").GetInt32(), rules.GetProperty("maxBids").GetInt32(), rules.GetProperty("bidAtOrBelow").GetDecimal()));

        await web.GoAsync("/settings");
        await web.PressAsync("Save", ("frequencyMinutes", "60"));
        Assert.Equal(400, web.Status);
        Assert.Equal("frequencyMinutes-error", web.Page.QuerySelector("#frequencyMinutes")!.GetAttribute("aria-describedby")!.Split(' ')[^1]);

        await web.GoAsync("/alerts");
        await web.FollowAsync("Edit: camera");
        Assert.Equal("30", ValueOf(web, "endingWithinMinutes"));
        await web.PressAsync("Save", ("endingWithinMinutes", ""), ("maxBids", ""), ("bidAtOrBelow", ""));
        await web.GoAsync("/settings");
        await web.PressAsync("Save", ("frequencyMinutes", "60"));
        Assert.Equal(200, web.Status);
        await web.GoAsync("/alerts");
        await web.FollowAsync("Edit: camera");
        await web.PressAsync("Save", ("endingWithinMinutes", "30"));
        Assert.Equal(400, web.Status);
        Assert.Equal("endingWithinMinutes-error", web.Page.QuerySelector("#endingWithinMinutes")!.GetAttribute("aria-describedby")!.Split(' ')[^1]);
    }

    [Fact]
    public async Task Fields_that_break_a_rule_are_said_in_place_and_nothing_typed_is_lost()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.FollowAsync("Edit: camera");

        await web.PressAsync("Save", ("phrase", "(camera"), ("min", "much"), ("locationCountry", "Germany"), ("cooldownHours", "-1"), ("excludeWords", "case"));

        Assert.Equal(400, web.Status);
        Assert.Contains("4 fields need another look.", web.Text, StringComparison.Ordinal);
        foreach (var field in (string[])["phrase", "min", "locationCountry", "cooldownHours"])
            Assert.Equal($"{field}-error", web.Page.QuerySelector($"#{field}")!.GetAttribute("aria-describedby")!.Split(' ')[^1]);
        Assert.Equal(("(camera", "much", "case"), (ValueOf(web, "phrase"), ValueOf(web, "min"), web.Page.QuerySelector("#excludeWords")!.TextContent));
        Assert.Equal("camera", (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).GetProperty("searches")[0].Text("phrase"));
    }

    [Fact]
    public async Task Two_windows_that_edit_one_search_are_both_shown_to_the_second()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.FollowAsync("Edit: camera");
        var user = await gateway.Admin.GetJsonAsync($"/v1/users/{id}");
        var searchId = user.GetProperty("searches")[0].Text("id");
        await gateway.Admin.PutJsonAsync($"/v1/users/{id}/searches/{searchId}", """{"phrase":"camera","excludeWords":["first"]}""").IsAsync(200);

        await web.PressAsync("Save", ("excludeWords", "second"));

        Assert.Equal(409, web.Status);
        Assert.Contains("without first", web.Text, StringComparison.Ordinal);
        Assert.Contains("without second", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Save mine all the same");
        Assert.Equal("/alerts", web.Address.AbsolutePath);
        Assert.Equal("""["second"]""", (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).GetProperty("searches")[0].GetProperty("excludeWords").GetRawText());
    }

    [Fact]
    public async Task A_search_is_copied_stopped_and_deleted_and_the_last_one_stays()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.FollowAsync("Delete: camera");
        Assert.Contains("This is your only search", web.Text, StringComparison.Ordinal);
        await web.FollowAsync("Back to my alerts");
        await web.FollowAsync("Edit: camera");
        await web.PressAsync("Save as a new search", ("copy", "1"), ("phrase", "lens"));
        Assert.Equal(["camera", "lens"], await PhrasesAsync(id));

        await web.PressAsync("Stop this search: lens");
        Assert.Contains("You stopped this search.", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Start this search again: lens");
        await web.FollowAsync("Delete: lens");
        await web.PressAsync("Delete this search");

        Assert.Equal(["camera"], await PhrasesAsync(id));
        await web.GoAsync("/alerts/s-00000000/edit");
        Assert.Equal((404, "There is no such search"), (web.Status, web.Heading));
    }

    [Fact]
    public async Task A_card_shows_the_newest_finds_hides_one_of_them_and_leads_to_a_copy()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.GoAsync("/alerts");
        var titles = TitlesOf(web);
        Assert.Equal(3, titles.Length);

        await web.PressAsync($"Hide this one: {titles[0]}");
        Assert.Contains("That listing is not shown any more", web.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(titles[0], TitlesOf(web));
        await web.GoAsync("/alerts");
        Assert.DoesNotContain(titles[0], TitlesOf(web));
        await web.PressAsync($"Hide this seller: {TitlesOf(web)[0]}");
        Assert.Equal(1, (await BlockedAsync(id)).GetArrayLength());

        await web.GoAsync("/alerts");
        await web.FollowAsync("Duplicate: camera");
        Assert.Equal("Duplicate", web.Heading);
        Assert.DoesNotContain(web.Page.QuerySelectorAll("button"), button => button.TextContent.Trim() == "Save");
        await web.PressAsync("Save as a new search", ("phrase", "lens"));
        Assert.Equal(["camera", "lens"], await PhrasesAsync(id));
    }

    [Fact]
    public async Task Fifty_searches_are_fifty_lines_in_the_order_one_wants()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        var phrases = Enumerable.Range(0, 50).Select(number => $"thing {(number * 7 + 3) % 50:00}").ToArray();
        await gateway.Admin.PatchJsonAsync($"/v1/users/{id}", JsonSerializer.Serialize(new { searches = phrases.Select(phrase => new { phrase }) })).IsAsync(200);

        await web.GoAsync("/alerts");
        Assert.Equal(phrases, LinesOf(web));
        Assert.All(web.Page.QuerySelectorAll("li.card > details"), card => Assert.False(card.HasAttribute("open")));
        await web.FollowAsync("by name");
        Assert.Equal(phrases.Order(StringComparer.Ordinal), LinesOf(web));
        await web.FollowAsync("newest news first");
        Assert.Equal(50, LinesOf(web).Length);
        await web.GoAsync("/alerts?order=nonsense");
        Assert.Equal(phrases, LinesOf(web));
    }

    [Fact]
    public async Task A_listing_is_hidden_taken_back_and_hidden_ones_are_shown_again_all_at_once()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.FollowAsync("camera");
        var titles = TitlesOf(web);

        await web.PressAsync($"Hide this one: {titles[0]}");
        Assert.Contains("That listing is not shown any more", web.Text, StringComparison.Ordinal);
        Assert.Equal(titles.Length - 1, TitlesOf(web).Length);
        await web.PressAsync("Undo");
        Assert.Equal(titles, TitlesOf(web));

        await web.PressAsync($"Hide this one: {titles[0]}");
        await web.PressAsync("Show the 1 hidden listing again");
        Assert.Equal(titles, TitlesOf(web));
        Assert.Equal("[]", (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).GetProperty("searches")[0].GetProperty("excludeListings").GetRawText());
    }

    [Fact]
    public async Task Not_this_kind_leaves_out_a_word_of_the_title_and_is_taken_back()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.FollowAsync("camera");
        var titles = TitlesOf(web);

        await web.FollowAsync($"Not this kind: {titles[0]}");
        var word = web.Page.QuerySelectorAll("button[name=word]")[0];
        Assert.NotEqual("camera", word.GetAttribute("value"), StringComparer.OrdinalIgnoreCase);
        await web.PressAsync(word.TextContent.Trim());

        Assert.Contains($"Listings with “{word.GetAttribute("value")}” in the title are left out.", web.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(titles[0], TitlesOf(web));
        await web.PressAsync("Undo");
        Assert.Equal(titles, TitlesOf(web));
        Assert.Equal("[]", (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).GetProperty("searches")[0].GetProperty("excludeWords").GetRawText());
        await web.GoAsync(web.Address.AbsolutePath + "/not/1");
        Assert.Equal(404, web.Status);
    }

    [Fact]
    public async Task A_seller_is_blocked_by_a_listing_without_being_named_and_is_taken_back()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.FollowAsync("camera");

        await web.PressAsync($"Hide this seller: {TitlesOf(web)[0]}");
        Assert.Equal(1, (await BlockedAsync(id)).GetArrayLength());
        Assert.Contains("Nothing of that seller is shown any more.", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Undo");
        Assert.Equal(0, (await BlockedAsync(id)).GetArrayLength());

        await web.PressAsync($"Hide this seller: {TitlesOf(web)[0]}");
        await web.PressAsync("Show the 1 hidden seller again");
        Assert.Equal(0, (await BlockedAsync(id)).GetArrayLength());
    }

    [Fact]
    public async Task Settings_are_saved_and_a_stale_window_does_not_undo_them_unseen()
    {
        var (web, id) = await WatchingAsync("camera");
        using var _ = web;
        await web.FollowAsync("Change");
        await gateway.Admin.PatchJsonAsync($"/v1/users/{id}", """{"mailsPerDay":7}""").IsAsync(200);

        await web.PressAsync("Save", ("frequencyMinutes", "60"), ("quietFrom", "22"), ("quietTo", "7"), ("language", "de-DE"), ("timeZone", "Europe/Berlin"), ("insights", "daily"));
        Assert.Equal(409, web.Status);
        await web.PressAsync("Save");

        Assert.Equal((200, "/settings?saved=1"), (web.Status, web.Address.PathAndQuery));
        var user = await gateway.Admin.GetJsonAsync($"/v1/users/{id}");
        Assert.Equal((60, "de-DE", "Europe/Berlin", "daily"), (user.GetProperty("frequencyMinutes").GetInt32(), user.Text("language"), user.Text("timeZone"), user.Text("insightPeriod")));
        Assert.Equal((22, 7), (user.GetProperty("quietHours").GetProperty("from").GetInt32(), user.GetProperty("quietHours").GetProperty("to").GetInt32()));
    }

    [Fact]
    public async Task Wrong_settings_are_said_in_place()
    {
        var (web, _) = await WatchingAsync("camera");
        using var person = web;
        await web.FollowAsync("Change");

        await web.PressAsync("Save", ("email", "nobody"), ("timeZone", "Mars/Olympus"), ("language", "tlh-Latn-x"), ("mailsPerDay", "1000"), ("quietFrom", "5"));

        Assert.Equal(400, web.Status);
        foreach (var field in (string[])["email", "timeZone", "language", "mailsPerDay"])
            Assert.NotNull(web.Page.QuerySelector($"#{field}-error"));
        Assert.Contains("The quiet hours must end at another hour", web.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_listings_and_the_data_of_a_person_are_there_and_erasing_ends_all_of_it()
    {
        var (web, id) = await WatchingAsync("used lens");
        using var _ = web;
        var email = (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).Text("email");
        await gateway.MailToAsync(email);
        await web.GoAsync("/history");
        Assert.Contains("used lens", web.Text, StringComparison.Ordinal);
        var mail = web.Page.QuerySelector("tbody a")!.TextContent;
        await web.FollowAsync(mail);
        Assert.Equal(mail, web.Page.QuerySelector("h1")!.TextContent);
        Assert.NotEmpty(web.Page.QuerySelectorAll("li.listing a"));
        await web.GoAsync("/history/nowhere");
        Assert.Equal(404, web.Status);
        await web.GoAsync("/alerts");
        await web.FollowAsync("used lens");
        Assert.NotEmpty(web.Page.QuerySelectorAll("li.listing"));

        await web.GoAsync("/settings");
        await web.FollowAsync("Delete everything …");
        await web.PressAsync("Delete everything");

        Assert.Equal("/erased", web.Address.AbsolutePath);
        await gateway.Admin.GetAsync($"/v1/users/{id}", Cancellation).IsAsync(404);
        await web.GoAsync("/settings");
        Assert.Equal("/sign-in", web.Address.AbsolutePath);
    }

    [Fact]
    public async Task The_history_has_what_the_mail_server_answered()
    {
        var (web, id) = await WatchingAsync("used lens");
        using var _ = web;
        var email = (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).Text("email");
        gateway.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 450, "4.2.2 The mailbox is full") with { Recipient = email, Times = 1 });

        await gateway.Services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(id).SendSignInAsync();

        await gateway.UntilAsync(
            async () =>
            {
                await web.GoAsync("/history");
                return web.Text;
            },
            text => text.Contains("What the mail server answered", StringComparison.Ordinal));
        Assert.Contains("450 4.2.2 The mailbox is full", web.Text, StringComparison.Ordinal);
    }

    /// <summary>Somebody new whom the start page signed in.</summary>
    async Task<(WebPerson Web, string Id)> WatchingAsync(string phrase)
    {
        var email = TestGateway.NewEmail();
        var web = new WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", phrase));
        await web.PressAsync("Watch it", ("email", email));
        Assert.Equal((200, "/alerts"), (web.Status, web.Address.AbsolutePath));
        return (web, (await gateway.Admin.FindUserAsync(email)).Text("id"));
    }

    async Task<string[]> PhrasesAsync(string id) =>
        [.. (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).GetProperty("searches").EnumerateArray().Select(search => search.Text("phrase"))];

    static string? ValueOf(WebPerson web, string field) => web.Page.QuerySelector($"#{field}")!.GetAttribute("value");

    async Task<JsonElement> BlockedAsync(string id) =>
        (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).GetProperty("searches")[0].GetProperty("seller").GetProperty("exclude");

    static string[] LinesOf(WebPerson web) => [.. web.Page.QuerySelectorAll("li.card > details > summary > span[dir]").Select(line => line.TextContent)];

    static string[] TitlesOf(WebPerson web) => [.. web.Page.QuerySelectorAll(".listing h3").Select(title => title.TextContent.Trim())];
}
