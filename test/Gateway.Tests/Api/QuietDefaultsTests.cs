using System.Text.Json;

namespace Alerts.Gateway.Tests.Api;

/// <summary>What a document that says nothing of noise comes to.</summary>
public class QuietDefaultsTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static (decimal, decimal, decimal) RulesOf(JsonElement search) => (search.GetProperty("rules").GetProperty("dropPercent").GetDecimal(),
        search.GetProperty("rules").GetProperty("minimumChange").GetDecimal(), search.GetProperty("rules").GetProperty("rearmPercent").GetDecimal());

    [Fact]
    public async Task New_users_and_searches_get_the_quiet_defaults_and_what_is_said_counts()
    {
        var ann = await gateway.EnrolAsync("one");
        var user = await ann.Api.GetJsonAsync(ann.Url);
        Assert.Equal(10, user.GetProperty("minutesBetweenMails").GetInt32());
        Assert.Equal((5, 1, 100), RulesOf(user.GetProperty("searches")[0]));

        var added = await ann.Api.PostJsonAsync(ann.Url + "/searches", """{ "phrase": "two", "rules": { "dropPercent": 0 } }""").IsAsync(201);
        Assert.Equal((0, 1, 100), RulesOf(added));
        var url = $"{ann.Url}/searches/{added.Text("id")}";
        await ann.Api.PatchJsonAsync(url, """{ "rules": { "minimumChange": 0.01, "rearmPercent": 0 } }""").IsAsync(200);
        Assert.Equal((0, 0.01m, 0), RulesOf(await ann.Api.PatchJsonAsync(url, """{ "phrase": "three" }""").IsAsync(200)));
        Assert.Equal(0, (await ann.Api.PatchJsonAsync(ann.Url, """{ "minutesBetweenMails": 0 }""").IsAsync(200)).GetProperty("minutesBetweenMails").GetInt32());
        Assert.Equal(["minutesBetweenMails"], await ann.Api.PatchJsonAsync(ann.Url, """{ "minutesBetweenMails": 1441 }""").IsInvalidAsync());
    }

    [Fact]
    public async Task A_link_and_the_start_page_give_the_same_quiet_search()
    {
        var parsed = await gateway.Anonymous.PostJsonAsync("/v1/search/parse", """{ "url": "https://www.ebay.com/sch/i.html?_nkw=oboe" }""").IsAsync(200);
        Assert.Equal((5, 1, 100), RulesOf(parsed.GetProperty("search")));

        var email = TestGateway.NewEmail();
        using var web = new Pages.WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", "oboe"));
        await web.PressAsync("Watch it", ("email", email));
        var user = await gateway.Admin.FindUserAsync(email);
        Assert.Equal((5, 1, 100), RulesOf(user.GetProperty("searches")[0]));
        Assert.Equal(10, user.GetProperty("minutesBetweenMails").GetInt32());
        await web.GoAsync("/settings");
        await web.PressAsync("Save", ("minutesBetweenMails", "30"));
        Assert.Equal(30, (await gateway.Admin.FindUserAsync(email)).GetProperty("minutesBetweenMails").GetInt32());
    }
}
