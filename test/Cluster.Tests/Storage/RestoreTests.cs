using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Sql;
using Alerts.Testing;
using Dapper;
using MySql.Data.MySqlClient;

namespace Alerts.Cluster.Tests.Storage;

/// <summary>The runbook's backup and restore, its commands as written, by the account of docs/mysql-accounts.sql and with no right beyond its own.</summary>
public sealed partial class RestoreTests : IDisposable
{
    readonly TempFolder folder = new();
    readonly int port = FreePort.Next();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_backed_up_comes_back_by_the_service_account()
    {
        await using var server = await StartAsync();
        await using var source = new MySqlDataSource(Connection("alerts"));
        await new SchemaMigrator("test", MySqlDialect.Instance, SqlScript.Of(DatabaseKeys.Alerts, MySqlDialect.Instance), source).ApplyAsync(Cancellation);
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync("INSERT INTO web_keys (name, xml) VALUES ('kept', '<key name=\"Röhre\"/>')");
        var tables = await TablesAsync();

        await BackUpAsync();
        await connection.ExecuteAsync("DELETE FROM web_keys; INSERT INTO web_keys (name, xml) VALUES ('later', '<key/>'); DROP TABLE audit_log");
        await RestoreAsync();

        Assert.Equal(tables, await TablesAsync());
        Assert.Equal([("kept", "<key name=\"Röhre\"/>")], await connection.QueryAsync<(string, string)>("SELECT name, xml FROM web_keys"));

        async Task<string[]> TablesAsync() =>
            [.. await connection.QueryAsync<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = 'alerts' ORDER BY table_name")];
    }

    [Fact]
    public async Task Who_was_erased_since_stays_away_ids_of_mails_are_new_and_lost_users_watch_nothing()
    {
        await using var server = await StartAsync();
        await using var redis = await RedisServer.StartAsync(Cancellation);
        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Cluster",
            ["Alerts:SiloAddress"] = "127.0.0.1",
            ["Alerts:Redis"] = redis.ConnectionString,
            ["Alerts:MySql"] = Connection("alerts"),
            ["Alerts:SharedMySql"] = Connection("products"),
            ["Alerts:ReminderPeriod"] = "00:00:05",
        });
        await using var products = new MySqlConnection(Connection("products"));
        var silo = await alerts.AddSiloAsync(Cancellation);
        var (gateway, api) = await alerts.AddGatewayAsync(Cancellation);
        var (ann, bob) = (await EnrolAsync(api, "ann@example.org"), await EnrolAsync(api, "bob@example.org"));
        await MailsAsync(alerts, "ann@example.org", 1);
        await MailsAsync(alerts, "bob@example.org", 1);
        await WatchersAsync(products, ann, bob);

        await BackUpAsync();
        using (var deleted = await api.DeleteAsync($"/v1/users/{bob}", Cancellation))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await MailsAsync(alerts, "bob@example.org", 2);
        await AddSearchAsync(api, ann);
        await MailsAsync(alerts, "ann@example.org", 2);
        var carol = await EnrolAsync(api, "carol@example.org");
        await WatchersAsync(products, ann, carol);
        await gateway.StopAsync(Cancellation);
        await silo.StopAsync(Cancellation);
        api.Dispose();
        await RestoreAsync();
        var command = alerts.StartSilo(null, CommandAfterwards().Match(await RunbookAsync()).Groups["command"].Value);
        await command.WaitForExitAsync(Cancellation);

        Assert.True(command.ExitCode == 0, command.Said());
        Assert.Contains("1 users are there. 1 who were erased since the backup were erased again; what 1 lost users watched is forgotten.", command.Said(), StringComparison.Ordinal);
        await alerts.AddSiloAsync(Cancellation);
        (_, api) = await alerts.AddGatewayAsync(Cancellation);
        using var closing = api;
        foreach (var gone in (string[])[$"/v1/users/{bob}", "/v1/users?email=bob@example.org", $"/v1/users/{carol}"])
        {
            using var answer = await api.GetAsync(gone, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        await AddSearchAsync(api, ann);
        await MailsAsync(alerts, "ann@example.org", 3);
        await WatchersAsync(products, ann);
        Assert.Equal(2, await products.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM subscriptions"));
        await using var database = new MySqlConnection(Connection("alerts"));
        foreach (var table in (string[])["OrleansStorage WHERE GrainIdExtensionString", "OrleansRemindersTable WHERE GrainId"])
            Assert.Equal(0, await database.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM {table} LIKE @bob", new { bob = $"%{bob}" }));
        var ids = alerts.Mailbox.Mails.Where(mail => mail.Recipients[0] == "ann@example.org").Select(mail => mail.MessageId!.Split('@')[0]).ToList();
        Assert.Equal([$"{ann}.1", $"{ann}.2"], ids[..2]);
        Assert.Matches($"^{ann}\\.2\\.[0-9a-f]{{8}}$", ids[2]);
    }

    public void Dispose() => folder.Dispose();

    string Connection(string account) => $"Server=127.0.0.1;Port={port};Database={account};User ID={account};Password=change-me-{account};SSL Mode=Disabled";

    async Task<MariaDbServer> StartAsync()
    {
        Programs.Require("mysqldump");
        var server = await MariaDbServer.StartAsync(Cancellation, $"--port={port}");
        await using var root = new MySqlConnection($"Server=127.0.0.1;Port={port};User ID=root;SSL Mode=Disabled");
        await root.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.FullPath, "docs", "mysql-accounts.sql"), Cancellation));
        await File.WriteAllTextAsync(folder[".my.cnf"], $"[client]\nprotocol=tcp\nhost=127.0.0.1\nport={port}\nuser=alerts\npassword=change-me-alerts\nskip-ssl\n", Cancellation);
        return server;
    }

    async Task BackUpAsync() => await RunAsync(Backup().Match(await RunbookAsync()).Groups["command"].Value);

    async Task RestoreAsync() => await RunAsync(Restore().Match(await RunbookAsync()).Groups["command"].Value);

    static async Task<string> RunbookAsync() =>
        (await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.FullPath, "docs", "operations", "runbook.md"), Cancellation)).ReplaceLineEndings(" ");

    static async Task<string> EnrolAsync(HttpClient api, string email)
    {
        using var answer = await api.PostAsJsonAsync("/v1/users", new { email, frequencyMinutes = 1440, searches = new[] { new { phrase = "lamp" } } }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
    }

    static async Task AddSearchAsync(HttpClient api, string user)
    {
        using var answer = await api.PostAsJsonAsync($"/v1/users/{user}/searches", new { phrase = "sofa" }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    static async Task MailsAsync(AlertsProcesses alerts, string address, int count) =>
        await alerts.Mailbox.WaitForMailAsync(_ => alerts.Mailbox.Mails.Count(mail => mail.Recipients[0] == address) >= count, Cancellation);

    /// <summary>Waits until the shared database says that these and nobody else watch something.</summary>
    static async Task WatchersAsync(MySqlConnection products, params string[] users)
    {
        while (!users.Order(StringComparer.Ordinal).SequenceEqual(await products.QueryAsync<string>("SELECT DISTINCT user_id FROM subscriptions ORDER BY user_id")))
            Cancellation.ThrowIfCancellationRequested();
    }

    async Task RunAsync(string command)
    {
        await using var shell = ChildProcess.Start("sh", ["-c", command], new Dictionary<string, string?> { ["HOME"] = folder.FullPath }, folder.FullPath);
        await shell.WaitForExitAsync(Cancellation);
        Assert.True(shell.ExitCode == 0, $"{command}: {shell.Said()}");
    }

    [GeneratedRegex("`(?<command>mysqldump [^`]* alerts > alerts.sql)`")]
    private static partial Regex Backup();

    [GeneratedRegex("`dotnet run --project src/Silo -- (?<command>[a-z-]+)`")]
    private static partial Regex CommandAfterwards();

    [GeneratedRegex("`(?<command>mysql [^`]*alerts < alerts.sql)`")]
    private static partial Regex Restore();
}
