using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Alerts.Settings;
using Alerts.Settings.Validation;
using AngleSharp.Html.Parser;
using MimeKit;

namespace Alerts.Gateway.Tests.Generated;

/// <summary>Ten thousand requests nobody should send. The seed that found the most so far; ALERTS_SEED tries or replays another, ALERTS_REQUESTS makes it longer.</summary>
public sealed class GeneratedRequestsTests : IAsyncLifetime
{
    const int Workers = 8;
    static readonly string[] pages = ["confirm", "manage", "unsubscribe", "resubscribe"];
    static readonly int seed = Number("ALERTS_SEED") ?? 9128231;
    static readonly int requests = Number("ALERTS_REQUESTS") ?? 10_000;

    readonly ConcurrentDictionary<int, int> answers = new();
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_generated_requests_break_nothing()
    {
        TestContext.Current.SendDiagnosticMessage($"ALERTS_SEED={seed}");
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker), Cancellation)));

        TestContext.Current.TestOutputHelper!.WriteLine($"ALERTS_SEED={seed}: {string.Join(", ", answers.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}");
        Assert.Equal(requests / Workers * Workers, answers.Values.Sum());
        // The generator reaches both sides of every rule.
        Assert.All((int[])[200, 201, 400, 401, 404, 415], status => Assert.True(answers.ContainsKey(status), $"No {status} with ALERTS_SEED={seed}."));
        await AssertUsersAreWholeAsync();
        AssertMailsAreWhole();
    }

    async Task WorkAsync(int worker)
    {
        var hostile = new Hostile(new Random(seed + worker));
        var person = await gateway.EnrolAsync();
        var searchId = (await person.Api.GetJsonAsync(person.Url)).GetProperty("searches")[0].Text("id");
        for (var i = 0; i < requests / Workers; i++)
        {
            using var request = Make(hostile, person, searchId, $"g{worker}n{i}");
            var sent = request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(Cancellation));
            using var response = await (hostile.Next(4) == 0 ? gateway.Anonymous : gateway.Admin).SendAsync(request, Cancellation);
            var status = (int)response.StatusCode;
            answers.AddOrUpdate(status, 1, (_, count) => count + 1);
            var body = await response.Content.ReadAsStringAsync(Cancellation);
            var said = $"ALERTS_SEED={seed}, worker {worker}, request {i}: {request.Method} {request.RequestUri} {sent[..Math.Min(sent.Length, 500)]} answered {status} {body[..Math.Min(body.Length, 500)]}";
            Assert.True(status < 500, said);
            var isPage = pages.Any(page => request.RequestUri!.AbsolutePath.StartsWith($"/{page}/", StringComparison.Ordinal));
            // Kestrel itself refuses a path with a NUL in it, before anything of ours runs.
            var isUnreadable = status == 400 && body.Length == 0 && request.RequestUri!.AbsolutePath.Contains("%00", StringComparison.Ordinal);
            if (status >= 400 && !isPage && !isUnreadable)
                Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json" && JsonElement.Parse(body).GetProperty("status").GetInt32() == status, said);
            Assert.False(response.Headers.Contains(Hostile.Mark), said);
        }
    }

    static HttpRequestMessage Make(Hostile hostile, Person person, string searchId, string name)
    {
        var search = $"{person.Url}/searches/{(hostile.Next(3) == 0 ? hostile.UrlPart() : searchId)}";
        var (method, url, document) = hostile.Next(16) switch
        {
            0 or 1 or 2 or 3 => ("POST", "/v1/users", hostile.Spoil(hostile.Valid(name))),
            4 => ("PUT", person.Url, hostile.Spoil(hostile.Valid(name))),
            5 => ("PATCH", person.Url, hostile.Spoil(hostile.Valid(name))),
            6 => ("POST", person.Url + "/searches", hostile.Spoil(hostile.Search())),
            7 => ("PUT", search, hostile.Spoil(hostile.Search())),
            8 => ("PATCH", search, hostile.Spoil(hostile.Search())),
            9 => ("PUT", person.Url + "/searches/order", hostile.Spoil(new System.Text.Json.Nodes.JsonArray(searchId))),
            10 => ("POST", person.Url + "/snooze", hostile.Spoil(new System.Text.Json.Nodes.JsonObject { ["until"] = "2026-09-01T00:00:00Z" })),
            11 => ("GET", $"/v1/users?{hostile.Pick(["email", "cursor", "limit", "status", "notify", "frequencyMinutes"])}={hostile.UrlPart()}", null),
            12 => ("GET", $"{person.Url}/{hostile.Pick(["notifications", "results"])}?{hostile.Pick(["cursor", "limit"])}={hostile.UrlPart()}", null),
            13 => (hostile.Pick(["GET", "DELETE", "PUT", "OPTIONS", "TRACE", "PROPFIND"]), $"/v1/users/{hostile.UrlPart()}", (string?)null),
            14 => (hostile.Pick(["GET", "POST"]), $"/{hostile.Pick([.. pages, "v1", "docs", "openapi", "health"])}/{hostile.UrlPart()}", null),
            _ => ("POST", "/v1/search/preview", hostile.Spoil(hostile.Next(3) == 0 ? hostile.Search() : hostile.Valid(name))),
        };
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (document is not null)
        {
            request.Content = new ByteArrayContent(hostile.Bytes(document));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", hostile.Next(25) == 0 ? hostile.Pick(["text/plain", "application/xml", "", "application/json; charset=utf-7"]) : "application/json");
        }

        if (hostile.Next(20) == 0)
            request.Headers.TryAddWithoutValidation(hostile.Pick(["If-Match", "Idempotency-Key", "Authorization", "X-Api-Key", "X-Request-Id", "Accept", "Accept-Language"]), hostile.Pick(["", "\"", "*", "W/", "Bearer ", "Bearer a.b.c", new string('k', 5000), "<x>", "application/pdf"]));
        return request;
    }

    /// <summary>Every user that was stored keeps the rules, is found by its address, and has what a user has.</summary>
    async Task AssertUsersAreWholeAsync()
    {
        var users = 0;
        string? cursor = null;
        do
        {
            var page = await gateway.Admin.GetJsonAsync($"/v1/users?limit=100{(cursor is null ? "" : "&cursor=" + cursor)}");
            foreach (var user in page.GetProperty("items").EnumerateArray())
            {
                users++;
                var found = await gateway.Admin.FindUserAsync(user.Text("email"));
                Assert.Equal(user.Text("id"), found.Text("id"));
                var settings = new UserSettings
                {
                    Email = user.Text("email"),
                    FrequencyMinutes = user.GetProperty("frequencyMinutes").GetInt32(),
                    Searches = [.. user.GetProperty("searches").EnumerateArray().Select(search => new SearchSettings { Id = search.Text("id"), Phrase = search.Text("phrase"), Marketplace = search.Text("marketplace") })],
                };
                Assert.Empty(UserSettingsValidator.Validate(settings));
            }

            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        Assert.InRange(users, Workers + 1, requests);
    }

    /// <summary>Every mail has one recipient, no header of the generator's making, and a page without the generator's tags.</summary>
    void AssertMailsAreWhole()
    {
        var parser = new HtmlParser();
        var mails = gateway.Mailbox.Mails;
        Assert.NotEmpty(mails);
        foreach (var mail in mails)
        {
            Assert.Single(mail.Recipients);
            Assert.DoesNotContain(mail.Message.Headers, header => header.Field.Equals(Hostile.Mark, StringComparison.OrdinalIgnoreCase) || header.Id is HeaderId.Bcc or HeaderId.Cc);
            Assert.Single(mail.Message.To.Mailboxes);
            var page = parser.ParseDocument(mail.HtmlBody!);
            Assert.Empty(page.QuerySelectorAll($"{Hostile.Mark}, script, [onerror]"));
        }
    }

    static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
