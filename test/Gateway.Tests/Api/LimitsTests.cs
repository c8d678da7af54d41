using System.Net.Http.Json;
using Alerts.Tokens;
using Alerts.Users;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Api;

public class LimitsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_too_often_is_told_how_long_to_wait()
    {
        await using var gateway = await TestGateway.StartAsync(settings: new Dictionary<string, string?>
        {
            ["Alerts:RateLimits:AnonymousPerMinute"] = "10",
            ["Alerts:RateLimits:UserPerMinute"] = "5",
            ["Alerts:RateLimits:EnrolmentsPerHour"] = "2",
            ["Alerts:RateLimits:SearchesPerMinute"] = "3",
        });
        var ann = await gateway.EnrolAsync();
        await gateway.EnrolAsync();

        // The third enrolment of an hour; with it three of the minute's ten requests are gone.
        await AssertLimitedAsync(() => gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(TestGateway.NewEmail()), Cancellation), allowed: 0, wait: 1800);
        await AssertLimitedAsync(() => gateway.Anonymous.GetAsync("/nowhere", Cancellation), allowed: 7, wait: 6);
        // Three searches a minute, of five requests; the refused one counts among these.
        await AssertLimitedAsync(() => ann.Api.PostJsonAsync("/v1/search/preview", """{ "phrase": "a" }"""), allowed: 3, wait: 20);
        await AssertLimitedAsync(() => ann.Api.GetAsync(ann.Url, Cancellation), allowed: 1, wait: 12);
        // Others are not held up by them.
        await gateway.Admin.GetJsonAsync(ann.Url);
        Assert.Equal(200, (int)(await gateway.Anonymous.GetAsync("/health/live", Cancellation)).StatusCode);

        // One comes back every twelve seconds, no more than five in all.
        gateway.Clock.Advance(TimeSpan.FromSeconds(11.9));
        await AssertLimitedAsync(() => ann.Api.GetAsync(ann.Url, Cancellation), allowed: 0, wait: 1);
        gateway.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await AssertLimitedAsync(() => ann.Api.GetAsync(ann.Url, Cancellation), allowed: 1, wait: 12);
        gateway.Clock.Advance(TimeSpan.FromHours(1));
        await AssertLimitedAsync(() => ann.Api.GetAsync(ann.Url, Cancellation), allowed: 5, wait: 12);

        static async Task AssertLimitedAsync(Func<Task<HttpResponseMessage>> send, int allowed, int wait)
        {
            for (var i = 0; i < allowed; i++)
            {
                using var response = await send();
                Assert.NotEqual(429, (int)response.StatusCode);
            }

            using var refused = await send();
            Assert.Equal(429, (int)refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(wait), refused.Headers.RetryAfter!.Delta);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task Whoever_wants_no_more_mails_is_never_asked_to_wait()
    {
        await using var gateway = await TestGateway.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:RateLimits:AnonymousPerMinute"] = "1" });
        var ann = await gateway.EnrolAsync();
        var link = await gateway.LinkAsync(LinkPurpose.Unsubscribe, ann);

        Assert.Equal(429, (int)(await gateway.Anonymous.GetAsync("/unsubscribe/" + link, Cancellation)).StatusCode);
        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (int)(await gateway.Anonymous.PostAsync("/unsubscribe/" + link)).StatusCode);

        Assert.Equal("paused", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
    }

    [Fact]
    public async Task Without_its_store_the_service_answers_503_and_works_again_once_the_store_is_back()
    {
        await using var gateway = await TestGateway.StartAsync();
        var ann = await gateway.EnrolAsync();
        await gateway.MailToAsync(ann.Email);

        await ExecuteAsync(gateway, "ALTER TABLE OrleansStorage RENAME TO Away");
        foreach (var sending in (Func<Task<HttpResponseMessage>>[])[
            () => gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(TestGateway.NewEmail()), Cancellation),
            () => gateway.Admin.PatchJsonAsync(ann.Url, """{ "frequencyMinutes": 60 }"""),
            () => gateway.Admin.GetAsync($"/v1/users/{UserId.New()}", Cancellation),
            () => gateway.Admin.GetAsync("/v1/users", Cancellation)])
        {
            using var response = await sending();
            Assert.Equal(503, (int)response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }

        await ExecuteAsync(gateway, "ALTER TABLE Away RENAME TO OrleansStorage");
        Assert.Equal(10, (await gateway.Admin.GetJsonAsync(ann.Url)).GetProperty("frequencyMinutes").GetInt32());
        await gateway.Admin.PatchJsonAsync(ann.Url, """{ "frequencyMinutes": 60 }""").IsAsync(200);
        await gateway.EnrolAsync();
    }

    [Fact]
    public async Task Origins_in_the_settings_may_call_from_a_browser_and_others_may_not()
    {
        await using var gateway = await TestGateway.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:CorsOrigins:0"] = "https://app.example.org" });

        using var ours = await gateway.Anonymous.SendAsync(HttpMethod.Options, "/v1/users", null, ("Origin", "https://app.example.org"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,idempotency-key"));
        using var other = await gateway.Anonymous.SendAsync(HttpMethod.Options, "/v1/users", null, ("Origin", "https://evil.example.org"), ("Access-Control-Request-Method", "POST"));
        using var error = await gateway.Anonymous.SendAsync(HttpMethod.Get, "/v1/users", null, ("Origin", "https://app.example.org"));

        Assert.Equal("https://app.example.org", ours.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(ours.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(401, (int)error.StatusCode);
        Assert.Equal("https://app.example.org", error.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task A_deprecated_version_says_so_in_every_answer()
    {
        await using var gateway = await TestGateway.StartAsync(settings: new Dictionary<string, string?>
        {
            ["Alerts:DeprecatedSince"] = "2027-01-01T00:00:00Z",
            ["Alerts:SunsetAt"] = "2028-01-01T00:00:00Z",
        });

        foreach (var (caller, url, status) in ((HttpClient, string, int)[])[(gateway.Admin, "/v1/users", 200), (gateway.Anonymous, "/v1/users", 401), (gateway.Admin, "/v1/users?limit=0", 400), (gateway.Admin, "/v1/nowhere", 404)])
        {
            using var response = await caller.GetAsync(url, Cancellation);

            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal("@1798761600", response.Headers.GetValues("Deprecation").Single());
            Assert.Equal("Sat, 01 Jan 2028 00:00:00 GMT", response.Headers.GetValues("Sunset").Single());
            Assert.True(response.Headers.CacheControl?.NoStore);
        }
    }

    [Fact]
    public async Task A_key_in_place_of_its_hash_stops_the_start()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => TestGateway.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:ApiKeys:1"] = "a key, not its hash" }));

        Assert.Contains("hash-key", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("not its hash", failure.ToString(), StringComparison.Ordinal);
    }

    static async Task ExecuteAsync(TestGateway gateway, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(gateway.Folder, "alerts.db")};Pooling=False;Default Timeout=30");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
