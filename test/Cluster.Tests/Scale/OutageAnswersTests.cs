using System.Net;
using System.Net.Http.Json;
using Alerts.Testing;

namespace Alerts.Cluster.Tests;

/// <summary>What a gateway in front of a cluster answers while a part of the cluster is away, each process and server a real one of its own.</summary>
public sealed class OutageAnswersTests : IDisposable
{
    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public OutageAnswersTests() => limit.CancelAfter(TimeSpan.FromMinutes(5));

    [Fact]
    public async Task Without_store_or_silo_the_answer_is_503_with_Retry_After_and_all_is_well_again_after()
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
        });
        var silo = await alerts.AddSiloAsync(limit.Token);
        var (gateway, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;
        var ann = await EnrolAsync(api, "ann@example.org");

        await mariaDb.KillAsync(limit.Token);
        await AssertUnavailableAsync(gateway, () => EnrolRequestAsync(api, "bob@example.org"));
        await AssertUnavailableAsync(gateway, () => api.PatchAsJsonAsync(ann, new { frequencyMinutes = 60 }, limit.Token));
        await AssertUnavailableAsync(gateway, () => api.GetAsync("/v1/users", limit.Token));
        await mariaDb.RestartAsync(limit.Token);
        await ServedAsync(() => api.PatchAsJsonAsync(ann, new { frequencyMinutes = 60 }, limit.Token));
        // Nothing half was left of who was turned away.
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/v1/users?email=bob@example.org", limit.Token)).StatusCode);
        await EnrolAsync(api, "bob@example.org");

        // Redis knows who is in the cluster; those who know each other go on without it.
        await redis.KillAsync(limit.Token);
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
