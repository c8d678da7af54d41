using System.Text.Json;
using Alerts.Gateway.Limits;

namespace Alerts.Gateway.Tests.Api;

public class SearchesTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static string[] Phrases(JsonElement list) => [.. list.GetProperty("items").EnumerateArray().Select(search => search.Text("phrase"))];

    [Fact]
    public async Task A_search_is_added_read_changed_and_removed()
    {
        var ann = await gateway.EnrolAsync("one");

        using var response = await ann.Api.PostJsonAsync(ann.Url + "/searches", """{ "phrase": "two", "marketplace": "EBAY_DE" }""");

        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal("\"2\"", response.Headers.ETag!.Tag);
        var url = response.Headers.Location!.OriginalString;
        Assert.Equal("EBAY_DE", (await ann.Api.GetJsonAsync(url)).Text("marketplace"));
        Assert.Equal(["one", "two"], Phrases(await ann.Api.GetJsonAsync(ann.Url + "/searches")));
        Assert.Equal("EBAY_US", (await ann.Api.PutJsonAsync(url, """{ "phrase": "three" }""").IsAsync(200)).Text("marketplace"));
        Assert.Equal(9, (await ann.Api.PatchJsonAsync(url, """{ "rules": { "dropPercent": 9 } }""").IsAsync(200)).GetProperty("rules").GetProperty("dropPercent").GetInt32());
        Assert.Equal(["one", "three"], Phrases(await ann.Api.GetJsonAsync(ann.Url + "/searches")));
        await ann.Api.DeleteAsync(url, Cancellation).IsAsync(204);
        await ann.Api.GetAsync(url, Cancellation).IsAsync(404);
        await ann.Api.DeleteAsync(url, Cancellation).IsAsync(404);
        Assert.Equal(["one"], Phrases(await ann.Api.GetJsonAsync(ann.Url + "/searches")));
    }

    [Fact]
    public async Task A_new_search_is_mailed_at_once()
    {
        var ann = await gateway.EnrolAsync("one thing");
        await gateway.MailToAsync(ann.Email);

        await ann.Api.PostJsonAsync(ann.Url + "/searches", """{ "phrase": "another thing" }""").IsAsync(201);

        await gateway.MailToAsync(ann.Email, mail => mail.HtmlBody!.Contains("another thing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_order_is_the_users()
    {
        var ann = await gateway.EnrolAsync("one", "two", "three");
        var ids = (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches").EnumerateArray().Select(search => search.Text("id")).Reverse().ToArray();

        var ordered = await ann.Api.PutJsonAsync(ann.Url + "/searches/order", JsonSerializer.Serialize(ids)).IsAsync(200);

        Assert.Equal(["three", "two", "one"], Phrases(ordered));
        await ann.Api.PutJsonAsync(ann.Url + "/searches/order", JsonSerializer.Serialize(ids.Take(2))).IsAsync(400);
        await ann.Api.PutJsonAsync(ann.Url + "/searches/order", JsonSerializer.Serialize(ids.Take(2).Append(ids[0]))).IsAsync(400);
        await ann.Api.PutJsonAsync(ann.Url + "/searches/order", "[null]").IsAsync(400);
    }

    [Fact]
    public async Task The_last_search_cannot_be_removed()
    {
        var ann = await gateway.EnrolAsync("one");
        var id = (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches")[0].Text("id");

        Assert.Equal(["searches"], await ann.Api.DeleteAsync($"{ann.Url}/searches/{id}", Cancellation).IsInvalidAsync());
    }

    [Fact]
    public async Task A_search_keeps_its_id()
    {
        var ann = await gateway.EnrolAsync("one");
        var id = (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches")[0].Text("id");

        Assert.Equal(["id"], await ann.Api.PutJsonAsync($"{ann.Url}/searches/{id}", """{ "id": "s-00000000", "phrase": "x" }""").IsInvalidAsync());
        Assert.Equal(id, (await ann.Api.PutJsonAsync($"{ann.Url}/searches/{id}", $$"""{ "id": "{{id}}", "phrase": "x" }""").IsAsync(200)).Text("id"));
    }

    [Fact]
    public async Task The_fifty_first_search_is_refused()
    {
        var ann = await gateway.EnrolAsync([.. Enumerable.Range(0, 50).Select(i => $"phrase {i}")]);

        Assert.Equal(["searches"], await ann.Api.PostJsonAsync(ann.Url + "/searches", """{ "phrase": "one more" }""").IsInvalidAsync());
    }

    [Fact]
    public async Task A_wrong_search_names_its_own_fields()
    {
        var ann = await gateway.EnrolAsync("one");

        Assert.Equal(["marketplace", "phrase"], await ann.Api.PostJsonAsync(ann.Url + "/searches", """{ "phrase": "a*", "marketplace": "EBAY" }""").IsInvalidAsync());
        var search = ann.Url + "/searches/" + (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches")[0].Text("id");
        Assert.Equal(["conditions", "price.currency", "price.max"], await ann.Api.PatchJsonAsync(search, """{ "conditions": "NEW", "price": { "max": "1", "currency": "XXX" } }""").IsInvalidAsync());
        await ann.Api.SendAsync(HttpMethod.Post, ann.Url + "/searches", """{ "phrase": "two" }""", ("If-Match", "\"7\"")).IsAsync(412);
    }
}
