using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Testing;

namespace Alerts.Cluster.Tests;

/// <summary>What a gateway in front of a cluster answers while a part of the cluster is away, each process and server a real one of its own.</summary>
public sealed class OutageAnswersTests : IDisposable
{
    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public OutageAnswersTests() => limit.CancelAfter(TimeSpan.FromMinutes(5));

    [Fact]
    public async Task Without_store_or_silo_the_answer_is_503_with_Retry_After_and_what_was_interrupted_is_done_after()
    {
        await using var mariaDb = await MariaDbServer.StartAsync(limit.Token);
        await using var redis = await RedisServer.StartAsync(limit.Token);
        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Cluster",
            ["Alerts:SiloAddress"] = "127.0.0.1",
            ["Alerts:Redis"] = redis.ConnectionString,
            ["Alerts:MySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            ["Alerts:SharedMySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            // No tick comes in this test: what the outage interrupts is not waiting for one.
            ["Alerts:ReminderPeriod"] = "01:00:00",
            ["Alerts:Metrics"] = "true",
        });
        var silo = await alerts.AddSiloAsync(limit.Token);
        var (gateway, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        alerts.Marketplace.OnSearch = _ =>
        {
            asked.TrySetResult();
            return answer.Task;
        };
        var ann = await EnrolAsync(api, "ann@example.org");
        await asked.Task.WaitAsync(limit.Token);

        await mariaDb.KillAsync(limit.Token);
        answer.SetResult();
        await AssertUnavailableAsync(gateway, () => EnrolRequestAsync(api, "bob@example.org"));
        await AssertUnavailableAsync(gateway, () => api.PatchAsJsonAsync(ann, new { frequencyMinutes = 60 }, limit.Token));
        await AssertUnavailableAsync(gateway, () => api.GetAsync("/v1/users", limit.Token));
        Assert.Equal(0, alerts.Mailbox.AcceptedCount);
        await mariaDb.RestartAsync(limit.Token);
        await alerts.Mailbox.WaitForMailAsync(mail => mail.Recipients[0] == "ann@example.org", limit.Token);
        await ServedAsync(() => api.PatchAsJsonAsync(ann, new { frequencyMinutes = 60 }, limit.Token));
        // Nothing half was left of who was turned away.
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/v1/users?email=bob@example.org", limit.Token)).StatusCode);
        await EnrolAsync(api, "bob@example.org");

        // What the processes tell of themselves: no lag before the first write, no mail that waits, and counters from zero on.
        var cluster = await api.GetFromJsonAsync<JsonElement>("/v1/cluster", limit.Token);
        Assert.All(cluster.GetProperty("writers").EnumerateArray(), writer => Assert.True(writer.GetProperty("rowsWritten").GetInt64() > 0 == writer.TryGetProperty("lagSeconds", out _)));
        Assert.Contains(cluster.GetProperty("writers").EnumerateArray(), writer => writer.TryGetProperty("lagSeconds", out _));
        Assert.False(cluster.GetProperty("mails").TryGetProperty("oldestWaitingSince", out _));
        using (var ofSilo = new HttpClient { BaseAddress = alerts.AddressOf(silo) })
            Assert.Matches(@"(?m)^alerts_mail_given_up_total(\{[^}]*\})? 0\s", await ofSilo.GetStringAsync("/metrics", limit.Token));

        // Redis knows who is in the cluster; those who know each other go on without it.
        await redis.KillAsync(limit.Token);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/health/ready", limit.Token)).StatusCode);
        await ServedAsync(() => api.GetAsync(ann, limit.Token));
        await ServedAsync(() => api.PatchAsJsonAsync(ann, new { frequencyMinutes = 30 }, limit.Token));
        await redis.RestartAsync(limit.Token);

        await silo.KillAsync(limit.Token);
        // At once, since each may wait as long as Orleans lets a call take.
        await Task.WhenAll(
            AssertUnavailableAsync(gateway, () => api.GetAsync(ann, limit.Token)),
            AssertUnavailableAsync(gateway, () => api.GetAsync("/v1/users", limit.Token)),
            AssertUnavailableAsync(gateway, () => EnrolRequestAsync(api, "carl@example.org")));
        await alerts.AddSiloAsync(limit.Token);
        await ServedAsync(() => api.GetAsync(ann, limit.Token));
        await EnrolAsync(api, "carl@example.org");
    }

    public void Dispose() => limit.Dispose();

    static async Task AssertUnavailableAsync(ChildProcess gateway, Func<Task<HttpResponseMessage>> send)
    {
        using var response = await send();
        Assert.True(response.StatusCode is HttpStatusCode.ServiceUnavailable, $"{response.StatusCode}; the gateway said:\n{gateway.Said()}");
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Asks until it is served; meanwhile nothing but 503 is answered.</summary>
    async Task ServedAsync(Func<Task<HttpResponseMessage>> send)
    {
        while (true)
        {
            using var response = await send();
            if (response.IsSuccessStatusCode)
                return;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    async Task<string> EnrolAsync(HttpClient api, string email)
    {
        using var response = await EnrolRequestAsync(api, email);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!.OriginalString;
    }

    Task<HttpResponseMessage> EnrolRequestAsync(HttpClient api, string email) =>
        api.PostAsJsonAsync("/v1/users", new { email, frequencyMinutes = 1440, searches = new[] { new { phrase = $"things of {email[..3]}" } } }, limit.Token);
}
