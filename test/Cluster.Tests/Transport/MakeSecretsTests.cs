using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Testing;
using Dapper;
using MySql.Data.MySqlClient;

namespace Alerts.Cluster.Tests.Transport;

/// <summary>What deploy/make-secrets makes is all that a cluster with TLS everywhere needs.</summary>
public sealed partial class MakeSecretsTests : IDisposable
{
    readonly TempFolder secrets = new();
    string apiKey = "";
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
        var (gateway, api) = await alerts.AddGatewayAsync(
            limit.Token, new Dictionary<string, string?> { ["Alerts:SecretsDirectory"] = secrets["gateway"] });
        using var closing = api;
        api.DefaultRequestHeaders.Remove("X-Api-Key");
        api.DefaultRequestHeaders.Add("X-Api-Key", apiKey);

        using var enrolled = await api.PostAsJsonAsync(
            "/v1/users", new { email = "ann@example.org", frequencyMinutes = 2, searches = new[] { new { phrase = "lamp" } } }, limit.Token);
        Assert.Equal(HttpStatusCode.Created, enrolled.StatusCode);
        var id = (await enrolled.Content.ReadFromJsonAsync<JsonElement>(limit.Token)).GetProperty("id").GetString();
        // All that a gateway asks of the databases by itself: keys of its pages, the audit log, the use of keys, products.
        foreach (var path in (string[])["/", "/sign-in", "/v1/users", $"/v1/users/{id}/export", "/v1/audit", "/v1/keys", "/v1/cluster", "/v1/admin/searches"])
            Assert.Equal((path, 200), (path, (int)(await api.GetAsync(path, limit.Token)).StatusCode));
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/v1/products/v1%7C1%7C0", limit.Token)).StatusCode);
        Assert.DoesNotContain("denied", gateway.Said(), StringComparison.OrdinalIgnoreCase);
        await ChangesNoTableAsync(databasePort);
    }

    async Task ChangesNoTableAsync(int databasePort)
    {
        await using var gateway = new MySqlConnection($"Server=127.0.0.1;Port={databasePort};User ID=gateway;Password={await SecretAsync("gateway_password")};SSL Mode=Required");
        foreach (var statement in (string[])
        [
            "CREATE TABLE alerts.more (id INT)", "ALTER TABLE alerts.audit_log ADD more INT", "DROP TABLE alerts.audit_log", "TRUNCATE alerts.audit_log",
            "CREATE INDEX more ON alerts.audit_log (actor)", "DELETE FROM alerts.audit_log", "CREATE TABLE products.more (id INT)",
            "DROP TABLE products.products", "UPDATE products.products SET title = ''", "DROP DATABASE alerts", "CREATE USER eve",
        ])
        {
            var refused = await Assert.ThrowsAsync<MySqlException>(() => gateway.ExecuteAsync(statement));
            Assert.Contains("denied", refused.Message, StringComparison.Ordinal);
        }
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
        if (ShownKey().Match(make.Said()) is { Success: true } shown)
            apiKey = shown.Groups["key"].Value;
    }

    Task<string> SecretAsync(string name) => File.ReadAllTextAsync(secrets[name], limit.Token);

    /// <summary>As the MySQL image does with its variables, then with the script that compose gives it.</summary>
    async Task MakeDatabasesAsync(int port)
    {
        await using var root = new MySqlConnection($"Server=127.0.0.1;Port={port};User ID=root;SSL Mode=Disabled");
        await root.ExecuteAsync($"""
            CREATE DATABASE alerts;
            CREATE USER 'alerts'@'%' IDENTIFIED BY '{await SecretAsync("mysql_password")}' REQUIRE SSL;
            GRANT ALL ON alerts.* TO 'alerts'@'%';
            """);
        var script = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.FullPath, "deploy", "mysql-products.sh"), limit.Token);
        var statements = Secret().Replace(script.Split("<<SQL\n")[1].Split("\nSQL")[0], name => File.ReadAllText(secrets[name.Groups["name"].Value]));
        await root.ExecuteAsync(statements);
    }

    [GeneratedRegex(@"\$\(cat /run/secrets/(?<name>\w+)\)")]
    private static partial Regex Secret();

    [GeneratedRegex("API key, shown this once: (?<key>[0-9a-f]+)")]
    private static partial Regex ShownKey();
}
