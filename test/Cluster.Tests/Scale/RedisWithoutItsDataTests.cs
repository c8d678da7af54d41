using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Testing;
using StackExchange.Redis;

namespace Alerts.Cluster.Tests;

public sealed class RedisWithoutItsDataTests : IDisposable
{
    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public RedisWithoutItsDataTests() => limit.CancelAfter(TimeSpan.FromMinutes(3));

    [Fact]
    public async Task Silos_register_again_and_a_new_silo_and_gateway_join_the_one_cluster()
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
            ["Alerts:ReminderPeriod"] = "01:00:00",
            ["Logging:LogLevel:Alerts.Silo.Membership"] = "Information",
        });
        var first = await alerts.AddSiloAsync(limit.Token);
        var second = await alerts.AddSiloAsync(limit.Token);
        var (_, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;
        foreach (var silo in (ChildProcess[])[first, second])
            await silo.SaysAsync("members of the cluster in Redis are known", limit.Token);

        await using (var connection = await ConnectionMultiplexer.ConnectAsync($"{redis.ConnectionString},allowAdmin=true"))
            await connection.GetServer(redis.ConnectionString).FlushAllDatabasesAsync();
        await await Task.WhenAny(first.SaysAsync("were registered again", limit.Token), second.SaysAsync("were registered again", limit.Token));
        await MembersAsync(redis, 2);

        await alerts.AddSiloAsync(limit.Token);
        var (_, other) = await alerts.AddGatewayAsync(limit.Token);
        using var closingOther = other;
        var cluster = await other.GetFromJsonAsync<JsonElement>("/v1/cluster", limit.Token);
        Assert.Equal(["active", "active", "active"], cluster.GetProperty("silos").EnumerateArray().Select(silo => silo.GetProperty("status").GetString()));
        foreach (var gateway in (HttpClient[])[api, other])
        {
            using var enrolled = await gateway.PostAsJsonAsync(
                "/v1/users",
                new { email = $"{gateway.BaseAddress!.Port}@example.org", frequencyMinutes = 1440, searches = new[] { new { phrase = "lamp" } } },
                limit.Token);
            Assert.Equal(HttpStatusCode.Created, enrolled.StatusCode);
        }

        Assert.False(first.HasExited || second.HasExited);
    }

    [Fact]
    public async Task While_Redis_is_away_people_are_served_and_operators_are_told_what_is_missing()
    {
        await using var mariaDb = await MariaDbServer.StartAsync(limit.Token);
        var redis = await RedisServer.StartAsync(limit.Token);
        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Cluster",
            ["Alerts:SiloAddress"] = "127.0.0.1",
            ["Alerts:Redis"] = redis.ConnectionString,
            ["Alerts:MySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            ["Alerts:SharedMySql"] = await mariaDb.CreateDatabaseAsync(limit.Token),
            ["Alerts:ReminderPeriod"] = "01:00:00",
        });
        await alerts.AddSiloAsync(limit.Token);
        var (_, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;
        await redis.DisposeAsync();

        using var enrolled = await api.PostAsJsonAsync(
            "/v1/users", new { email = "ann@example.org", frequencyMinutes = 1440, searches = new[] { new { phrase = "lamp" } } }, limit.Token);
        Assert.Equal(HttpStatusCode.Created, enrolled.StatusCode);
        var cluster = await api.GetFromJsonAsync<JsonElement>("/v1/cluster", limit.Token);
        Assert.Contains("mails", cluster.GetProperty("missing").EnumerateArray().Select(part => part.GetString()));
        using var failures = await api.GetAsync("/v1/mails/failures", limit.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failures.StatusCode);
        Assert.NotNull(failures.Headers.RetryAfter);
    }

    public void Dispose() => limit.Dispose();

    /// <summary>Waits until Redis lists so many silos; beside them the hash has the table's version.</summary>
    async Task MembersAsync(RedisServer redis, int count)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var server = connection.GetServer(redis.ConnectionString);
        while (true)
        {
            foreach (var key in server.Keys())
                if (await connection.GetDatabase().HashLengthAsync(key) == count + 1)
                    return;
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
