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
    const string Password = "change-me-alerts";

    readonly TempFolder folder = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_backed_up_comes_back_by_the_service_account()
    {
        Programs.Require("mysqldump");
        var port = FreePort.Next();
        await using var server = await MariaDbServer.StartAsync(Cancellation, $"--port={port}");
        await using (var root = new MySqlConnection($"Server=127.0.0.1;Port={port};User ID=root;SSL Mode=Disabled"))
            await root.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.FullPath, "docs", "mysql-accounts.sql"), Cancellation));
        await File.WriteAllTextAsync(folder[".my.cnf"], $"[client]\nprotocol=tcp\nhost=127.0.0.1\nport={port}\nuser=alerts\npassword={Password}\nskip-ssl\n", Cancellation);
        await using var source = new MySqlDataSource($"Server=127.0.0.1;Port={port};Database=alerts;User ID=alerts;Password={Password};SSL Mode=Disabled");
        await new SchemaMigrator("test", MySqlDialect.Instance, SqlScript.Of(DatabaseKeys.Alerts, MySqlDialect.Instance), source).ApplyAsync(Cancellation);
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync("INSERT INTO web_keys (name, xml) VALUES ('kept', '<key name=\"Röhre\"/>')");
        var tables = await TablesAsync();
        var commands = (await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.FullPath, "docs", "operations", "runbook.md"), Cancellation)).ReplaceLineEndings(" ");

        await RunAsync(Backup().Match(commands).Groups["command"].Value);
        await connection.ExecuteAsync("DELETE FROM web_keys; INSERT INTO web_keys (name, xml) VALUES ('later', '<key/>'); DROP TABLE audit_log");
        await RunAsync(Restore().Match(commands).Groups["command"].Value);

        Assert.Equal(tables, await TablesAsync());
        Assert.Equal([("kept", "<key name=\"Röhre\"/>")], await connection.QueryAsync<(string, string)>("SELECT name, xml FROM web_keys"));

        async Task<string[]> TablesAsync() =>
            [.. await connection.QueryAsync<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = 'alerts' ORDER BY table_name")];
    }

    public void Dispose() => folder.Dispose();

    async Task RunAsync(string command)
    {
        await using var shell = ChildProcess.Start("sh", ["-c", command], new Dictionary<string, string?> { ["HOME"] = folder.FullPath }, folder.FullPath);
        await shell.WaitForExitAsync(Cancellation);
        Assert.True(shell.ExitCode == 0, $"{command}: {shell.Said()}");
    }

    [GeneratedRegex("`(?<command>mysqldump [^`]* alerts > alerts.sql)`")]
    private static partial Regex Backup();

    [GeneratedRegex("`(?<command>mysql [^`]*alerts < alerts.sql)`")]
    private static partial Regex Restore();
}
