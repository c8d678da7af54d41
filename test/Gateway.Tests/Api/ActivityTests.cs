namespace Alerts.Gateway.Tests.Api;

public class ActivityTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_are_what_each_search_finds_now_with_its_age()
    {
        var ann = await gateway.EnrolAsync("results one", "results two");

        var items = (await ann.Api.GetJsonAsync(ann.Url + "/results?limit=3")).GetProperty("items");

        Assert.Equal(["results one", "results two"], items.EnumerateArray().Select(item => item.Text("phrase")));
        Assert.All(items.EnumerateArray(), item =>
        {
            Assert.Equal(0, item.GetProperty("ageSeconds").GetInt32());
            Assert.InRange(item.GetProperty("listings").GetArrayLength(), 1, 3);
            Assert.False(item.GetProperty("listings")[0].TryGetProperty("seller", out _));
        });
    }

    [Fact]
    public async Task Excluded_words_are_not_in_the_results()
    {
        var ann = await gateway.EnrolAsync("excluded thing");
        var all = await ann.Api.GetJsonAsync(ann.Url + "/results");
        var titles = all.GetProperty("items")[0].GetProperty("listings").EnumerateArray().Select(listing => listing.Text("title")).ToArray();
        var word = titles[0].Split(' ')[^1];
        var id = (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches")[0].Text("id");

        await ann.Api.PatchJsonAsync($"{ann.Url}/searches/{id}", $$"""{ "excludeWords": ["{{word}}"] }""").IsAsync(200);

        var left = (await ann.Api.GetJsonAsync(ann.Url + "/results")).GetProperty("items")[0].GetProperty("listings").EnumerateArray().Select(listing => listing.Text("title"));
        Assert.Equal(titles.Where(title => !title.Split(' ').Contains(word)), left);
    }

    [Fact]
    public async Task Notifications_are_the_mails_sent_newest_first_page_by_page()
    {
        var ann = await gateway.EnrolAsync("notified one");
        await gateway.MailToAsync(ann.Email);
        await ann.Api.PostJsonAsync(ann.Url + "/searches", """{ "phrase": "notified two" }""").IsAsync(201);
        await gateway.MailToAsync(ann.Email, mail => mail.HtmlBody!.Contains("notified two", StringComparison.Ordinal));
        // The log is written once the server took the mail: the list is asked until it shows the second one.
        var page = await gateway.UntilAsync(() => ann.Api.GetJsonAsync(ann.Url + "/notifications?limit=1"), page => page.GetProperty("items")[0].Text("id") == $"{ann.Id}.2" && page.GetProperty("items")[0].Text("state") == "sent");

        var newest = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Contains("notified two", newest.Text("subject"), StringComparison.Ordinal);
        var rest = await ann.Api.GetJsonAsync($"{ann.Url}/notifications?limit=5&cursor={page.Text("next")}");
        Assert.Equal([$"{ann.Id}.1"], rest.GetProperty("items").EnumerateArray().Select(item => item.Text("id")));
        Assert.False(rest.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task A_notification_says_what_its_mail_said_for_six_hours_and_then_which_listings_it_named()
    {
        await using var own = await TestGateway.StartAsync();
        var ann = await own.EnrolAsync("content one");
        var mail = await own.MailToAsync(ann.Email);
        var url = $"{ann.Url}/notifications/{ann.Id}.1";
        // The log is written once the server took the mail.
        var content = await own.UntilAsync(() => ann.Api.GetJsonAsync(url), content => content.Text("state") == "sent");

        var search = Assert.Single(content.GetProperty("searches").EnumerateArray());
        var listings = search.GetProperty("listings").EnumerateArray().ToList();
        Assert.Equal(("content one", "firstResults", mail.Subject), (search.Text("phrase"), content.Text("kind"), content.Text("subject")));
        Assert.All(listings, listing => Assert.Contains(listing.Text("itemId").Split('|')[1], mail.TextBody, StringComparison.Ordinal));
        Assert.Equal(listings.Select(listing => listing.Text("itemId")), Texts(content.GetProperty("itemIds")));
        Assert.Equal(search.GetProperty("fetchedAt").GetDateTimeOffset().AddHours(6), content.GetProperty("contentUntil").GetDateTimeOffset());

        await ann.Api.PostAsync(ann.Url + "/pause").IsAsync(200);
        own.Clock.Advance(TimeSpan.FromHours(6));

        var later = await ann.Api.GetJsonAsync(url);
        Assert.False(later.TryGetProperty("searches", out _));
        Assert.Equal(Texts(content.GetProperty("itemIds")), Texts(later.GetProperty("itemIds")));
        foreach (var unknown in (string[])["nothing", $"{ann.Id}.99", "%C3%A4"])
            await ann.Api.GetAsync($"{ann.Url}/notifications/{unknown}", Cancellation).IsAsync(404);
        var bob = await own.EnrolAsync();
        await bob.Api.GetAsync($"{bob.Url}/notifications/{ann.Id}.1", Cancellation).IsAsync(404);

        static string[] Texts(System.Text.Json.JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];
    }

    [Fact]
    public async Task A_preview_shows_listings_and_mail_and_stores_nothing()
    {
        var ann = await gateway.EnrolAsync();
        var mails = gateway.Mailbox.Mails.Count(mail => mail.HtmlBody?.Contains("previewed thing", StringComparison.Ordinal) is true);

        var preview = await ann.Api.PostJsonAsync("/v1/search/preview?language=de-DE&timeZone=Europe/Berlin", """{ "phrase": "previewed thing" }""").IsAsync(200);

        Assert.NotEqual(0, preview.GetProperty("listings").GetArrayLength());
        Assert.Contains("previewed thing", preview.Text("subject"), StringComparison.Ordinal);
        Assert.Contains(preview.GetProperty("listings")[0].Text("itemId").Split('|')[1], preview.Text("html"), StringComparison.Ordinal);
        Assert.Equal("iphone 13", (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches")[0].Text("phrase"));
        Assert.Equal(0, mails);
        Assert.Equal(["phrase"], await ann.Api.PostJsonAsync("/v1/search/preview", """{ "phrase": "*" }""").IsInvalidAsync());
        Assert.Equal(["language"], await ann.Api.PostJsonAsync("/v1/search/preview?language=xx-YY", """{ "phrase": "a" }""").IsInvalidAsync());
    }

    [Fact]
    public async Task All_users_are_listed_once_page_by_page_and_by_filter()
    {
        await using var own = await TestGateway.StartAsync();
        var people = new List<string>();
        for (var i = 0; i < 7; i++)
            people.Add((await own.EnrolAsync()).Id);
        await own.Admin.PatchJsonAsync($"/v1/users/{people[0]}", """{ "frequencyMinutes": 60 }""").IsAsync(200);
        await own.Admin.PostAsync($"/v1/users/{people[1]}/pause").IsAsync(200);

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await own.Admin.GetJsonAsync($"/v1/users?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(user => user.Text("id")));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(people.Order(), seen.Order());
        Assert.Equal([people[0]], await IdsAsync("frequencyMinutes=60"));
        Assert.Equal([people[1]], await IdsAsync("status=paused"));
        Assert.Equal(7, (await IdsAsync("notify=changes&limit=100")).Length);
        Assert.Empty(await IdsAsync("status=unconfirmed"));
        await own.Admin.GetAsync("/v1/users?limit=0", Cancellation).IsAsync(400);
        await own.Admin.GetAsync("/v1/users?limit=101", Cancellation).IsAsync(400);
        await own.Admin.GetAsync("/v1/users?cursor=bm90IG91cnM", Cancellation).IsAsync(400);
        Assert.Equal(["cursor", "limit", "notify", "status"], await own.Admin.GetAsync("/v1/users?status=hungry&notify=never&limit=0&cursor=1", Cancellation).IsInvalidAsync());
        Assert.Equal(["email"], await own.Admin.GetAsync("/v1/users?email=nonsense", Cancellation).IsInvalidAsync());

        async Task<string[]> IdsAsync(string query) =>
            [.. (await own.Admin.GetJsonAsync("/v1/users?" + query)).GetProperty("items").EnumerateArray().Select(user => user.Text("id"))];
    }
}
