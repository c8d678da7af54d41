using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Alerts.Gateway.Tests.Api;

/// <summary>Attacks: a key or a link that does more than it was given for; and what is kept of what was done.</summary>
public sealed partial class ScopesTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync(settings: new Dictionary<string, string?>
    {
        ["Alerts:NamedKeys:0:Name"] = "report",
        ["Alerts:NamedKeys:0:Hash"] = HashOf("report key"),
        ["Alerts:NamedKeys:1:Name"] = "shop",
        ["Alerts:NamedKeys:1:Hash"] = HashOf("shop key"),
        ["Alerts:NamedKeys:1:Scope"] = "Enrol",
    });

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Theory]
    [InlineData("report key", 403)]
    [InlineData("shop key", 201)]
    public async Task A_key_does_what_it_was_given_for_and_no_more(string key, int enrolment)
    {
        var ann = await gateway.EnrolAsync();
        var caller = gateway.WithKey(key);

        await caller.GetJsonAsync(ann.Url);
        await caller.PostJsonAsync("/v1/search/preview", """{ "phrase": "a" }""").IsAsync(200);
        await caller.PostJsonAsync("/v1/search/parse", """{ "url": "https://www.ebay.de/sch/i.html?_nkw=lamp" }""").IsAsync(200);
        await caller.PostAsJsonAsync("/v1/users", TestGateway.Settings(TestGateway.NewEmail()), Cancellation).IsAsync(enrolment);
        await caller.PatchJsonAsync(ann.Url, """{ "frequencyMinutes": 60 }""").IsAsync(403);
        await caller.PostAsync(ann.Url + "/token").IsAsync(403);
        await caller.DeleteAsync(ann.Url, Cancellation).IsAsync(403);
        Assert.Equal(10, (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("frequencyMinutes").GetInt32());
    }

    [Fact]
    public async Task The_link_of_an_alert_reads_and_pauses_and_does_no_more()
    {
        var ann = await gateway.EnrolAsync();
        var mail = await gateway.MailToAsync(ann.Email);
        var link = gateway.WithToken(ManageLink.Match(mail.HtmlBody!).Groups[1].Value);

        Assert.Equal(ann.Email, (await link.GetJsonAsync(ann.Url)).Text("email"));
        await link.PostAsync(ann.Url + "/pause").IsAsync(200);
        await link.PostAsync(ann.Url + "/resume").IsAsync(200);
        await link.PatchJsonAsync(ann.Url, """{ "email": "thief@example.org" }""").IsAsync(403);
        await link.PostAsync(ann.Url + "/token").IsAsync(403);
        await link.DeleteAsync(ann.Url, Cancellation).IsAsync(403);
        await ann.Api.PatchJsonAsync(ann.Url, """{ "frequencyMinutes": 60 }""").IsAsync(200);
    }

    [Fact]
    public async Task What_was_done_is_kept_by_whom_and_when_without_addresses_and_what_was_refused_is_not()
    {
        var ann = await gateway.EnrolAsync();
        await gateway.WithKey("report key").DeleteAsync(ann.Url, Cancellation).IsAsync(403);
        await ann.Api.PatchJsonAsync(ann.Url, """{ "frequencyMinutes": 60 }""").IsAsync(200);
        await ann.Api.PostJsonAsync("/v1/search/preview", """{ "phrase": "a" }""").IsAsync(200);
        using (var web = new Pages.WebPerson(gateway.Address))
        {
            await web.GoAsync("/");
            await web.PressAsync("See what is there", ("phrase", "lamp"));
        }

        await gateway.Admin.DeleteAsync(ann.Url, Cancellation).IsAsync(204);

        var log = await gateway.UntilAsync(() => gateway.Admin.GetJsonAsync($"/v1/audit?userId={ann.Id}"), log => log.GetProperty("items").GetArrayLength() == 2);

        var (erased, changed) = (log.GetProperty("items")[0], log.GetProperty("items")[1]);
        Assert.Equal("DELETE /v1/users/{id}/", erased.Text("action"));
        Assert.StartsWith("key-", erased.Text("actor"), StringComparison.Ordinal);
        Assert.Equal(("PATCH /v1/users/{id}/", changed.Text("subject")), (changed.Text("action"), changed.Text("actor")));
        Assert.Equal(gateway.Clock.GetUtcNow(), erased.GetProperty("at").GetDateTimeOffset());
        var all = (await gateway.Admin.GetJsonAsync("/v1/audit?limit=200")).GetRawText();
        Assert.DoesNotContain("preview", all, StringComparison.Ordinal);
        Assert.DoesNotContain("\"POST /\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain(ann.Id, all, StringComparison.Ordinal);
        Assert.DoesNotContain(ann.Email, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_have_names_and_a_last_use()
    {
        await gateway.WithKey("shop key").GetJsonAsync("/v1/users");

        var keys = await gateway.UntilAsync(
            () => gateway.Admin.GetJsonAsync("/v1/keys"), keys => keys.GetProperty("items")[2].TryGetProperty("lastUsed", out _));

        Assert.Equal(["admin", "read", "enrol"], keys.GetProperty("items").EnumerateArray().Select(key => key.Text("scope")));
        Assert.Equal("shop", keys.GetProperty("items")[2].Text("name"));
        Assert.False(keys.GetProperty("items")[1].TryGetProperty("lastUsed", out _));
    }

    static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    [GeneratedRegex(@"/manage/([\w.-]+)")]
    private static partial Regex ManageLink { get; }
}
