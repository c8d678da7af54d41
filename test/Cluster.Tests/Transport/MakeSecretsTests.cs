using System.Net;
using System.Net.Http.Json;
using Alerts.Testing;
using Dapper;
using MySql.Data.MySqlClient;

namespace Alerts.Cluster.Tests.Transport;

/// <summary>What deploy/make-secrets makes is all that a cluster with TLS everywhere needs.</summary>
public sealed class MakeSecretsTests : IDisposable
{
    readonly TempFolder secrets = new();
    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public MakeSecretsTests() => limit.CancelAfter(TimeSpan.FromMinutes(3));

    [Fact]
    public async Task A_cluster_runs_on_them_with_TLS_to_silos_Redis_and_database_and_takes_up_renewed_ones()
    {
        var (databasePort, redisPort) = (FreePort.Next(), FreePort.Next());
        await MakeAsync(databasePort, redisPort);
        await using var redis = ChildProcess.Start(Programs.Require("redis-server"),
        [
            "--bind", "127.0.0.1", "--port", "0", "--tls-port", $"{redisPort}", "--save", "", "--requirepass", await SecretAsync("redis_password"),
            "--tls-cert-file", secrets["redis.crt"], "--tls-key-file", secrets["redis.key"],
            "--tls-ca-cert-file", secrets["authority.crt"], "--tls-auth-clients", "no",
        ]);
        await redis.SaysAsync("Ready to accept connections", limit.Token);
        await using var mariaDb = await MariaDbServer.StartAsync(
            limit.Token, $"--port={databasePort}", $"--ssl-cert={secrets["mysql.crt"]}", $"--ssl-key={secrets["mysql.key"]}");
        await MakeDatabasesAsync(databasePort);

        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Cluster",
            ["Alerts:SiloAddress"] = "127.0.0.1",
            ["Alerts:SecretsDirectory"] = secrets.FullPath,
            ["Alerts:ReminderPeriod"] = "01:00:00",
        });
        var key = await File.ReadAllTextAsync(secrets["alerts.key"], limit.Token);
        await alerts.AddSiloAsync(limit.Token);
        await MakeAsync(databasePort, redisPort, "renew");
        Assert.NotEqual(key, await File.ReadAllTextAsync(secrets["alerts.key"], limit.Token));
        var (_, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;

        using var enrolled = await api.PostAsJsonAsync(
            "/v1/users", new { email = "ann@example.org", frequencyMinutes = 2, searches = new[] { new { phrase = "lamp" } } }, limit.Token);
        Assert.Equal(HttpStatusCode.Created, enrolled.StatusCode);
    }

    public void Dispose()
    {
        secrets.Dispose();
        limit.Dispose();
    }

    async Task MakeAsync(int databasePort, int redisPort, params string[] arguments)
    {
        await using var make = ChildProcess.Start("sh", [Path.Combine(RepositoryRoot.FullPath, "deploy", "make-secrets"), .. arguments],
            new Dictionary<string, string?>
            {
                ["SECRETS_DIRECTORY"] = secrets.FullPath,
                ["MYSQL_HOST"] = $"127.0.0.1:{databasePort}",
                ["REDIS_HOST"] = $"127.0.0.1:{redisPort}",
            });
        await make.WaitForExitAsync(limit.Token);
        Assert.Equal(0, make.ExitCode);
    }

    Task<string> SecretAsync(string name) => File.ReadAllTextAsync(secrets[name], limit.Token);

    /// <summary>Accounts that the server lets in with TLS only.</summary>
    async Task MakeDatabasesAsync(int port)
    {
        await using var root = new MySqlConnection($"Server=127.0.0.1;Port={port};User ID=root;SSL Mode=Disabled");
        foreach (var name in new[] { "alerts", "products" })
        {
            var password = await SecretAsync(name is "alerts" ? "mysql_password" : "products_password");
            await root.ExecuteAsync($"""
                CREATE DATABASE {name};
                CREATE USER '{name}'@'127.0.0.1' IDENTIFIED BY '{password}' REQUIRE SSL;
                GRANT ALL ON {name}.* TO '{name}'@'127.0.0.1';
                """);
        }
    }
}
