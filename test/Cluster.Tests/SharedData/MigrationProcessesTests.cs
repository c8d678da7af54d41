using Alerts.Cluster.Tests;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Sql;
using Alerts.Testing;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

/// <summary>Several processes that migrate at once, as silos do that start together.</summary>
public sealed class MigrationProcessesTests(Servers servers) : IDisposable
{
    const int Processes = 3;
    readonly TempFolder folder = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_an_empty_database_each_script_is_applied_once()
    {
        var said = await MigrateAsync(await ClusterSilo.SettingsAsync(servers, Cancellation));

        foreach (var database in (string[])[DatabaseKeys.Alerts, DatabaseKeys.Shared])
        {
            var scripts = SqlScript.Of(database, MySqlDialect.Instance);
            Assert.All(scripts, script => Assert.Single(said, line => line.EndsWith($"Database {database}: applied schema version {script.Version}, {script.Name}", StringComparison.Ordinal)));
            Assert.Equal(Processes - 1, said.Count(line => line.EndsWith($"Database {database}: schema version {scripts[^1].Version} is current", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task On_a_database_of_the_previous_version_the_last_script_is_applied_once_and_the_rows_stay()
    {
        var settings = await ClusterSilo.SettingsAsync(servers, Cancellation);
        var scripts = SqlScript.Of(DatabaseKeys.Shared, MySqlDialect.Instance);
        await using var database = new SharedDatabase(new MySqlDataSource(settings["Alerts:SharedMySql"]!), MySqlDialect.Instance);
        await new SchemaMigrator(DatabaseKeys.Shared, MySqlDialect.Instance, [.. scripts.SkipLast(1)], database.Source).ApplyAsync(Cancellation);
        await database.RowsAsync("""
            INSERT INTO products (item_id, legacy_item_id, title, price, currency, seller_price, seller_currency, price_since, marketplace, buying_options, first_seen, last_seen)
            VALUES ('v1|42|0', 42, 'iPhone 13, no. 42', 10, 'USD', 10, 'USD', '2026-03-14 09:00:00', 'EBAY_US', '', '2026-03-14 09:00:00', '2026-03-14 09:00:00')
            """);

        var said = await MigrateAsync(settings);
        await database.WriteAsync(Batch(0, Of(42) with { Url = "https://www.ebay.example/itm/the-same-price" }));

        Assert.Single(said, line => line.Contains($"Database {DatabaseKeys.Shared}: applied schema version ", StringComparison.Ordinal));
        Assert.Single(said, line => line.EndsWith($"Database {DatabaseKeys.Shared}: applied schema version {scripts[^1].Version}, {scripts[^1].Name}", StringComparison.Ordinal));
        Assert.Equal(
            ["v1|42|0 | 10 | 2026-03-14 09:00:00 | https://www.ebay.example/itm/the-same-price"],
            await database.RowsAsync("SELECT item_id, seller_price, price_since, url FROM products"));
    }

    [Fact]
    public async Task On_SQLite_one_has_the_folder_and_the_others_say_that_it_is_in_use()
    {
        var processes = Enumerable.Range(0, Processes).Select(_ => Migrate(EmbeddedSilo.Settings(folder))).ToList();
        foreach (var process in processes)
            await process.WaitForExitAsync(Cancellation);

        Assert.Contains(processes, process => process.ExitCode == 0);
        Assert.All(processes.Where(process => process.ExitCode != 0), process => Assert.Contains("is in use by another running instance", process.Said(), StringComparison.Ordinal));
        var said = processes.SelectMany(process => process.Said().Split('\n')).ToList();
        foreach (var script in SqlScript.Of(DatabaseKeys.Shared, SqliteDialect.Instance))
            Assert.Single(said, line => line.EndsWith($"Database {DatabaseKeys.Shared}: applied schema version {script.Version}, {script.Name}", StringComparison.Ordinal));
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    /// <summary>All that the processes said; each must have succeeded.</summary>
    static async Task<List<string>> MigrateAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var processes = Enumerable.Range(0, Processes).Select(_ => Migrate(settings)).ToList();
        var said = new List<string>();
        foreach (var process in processes)
        {
            await process.WaitForExitAsync(Cancellation);
            Assert.True(process.ExitCode == 0, process.Said());
            said.AddRange(process.Said().Split('\n'));
            await process.DisposeAsync();
        }

        return said;
    }

    /// <summary>Starts <c>src/Silo -- migrate</c> of the same build as the tests.</summary>
    static ChildProcess Migrate(IReadOnlyDictionary<string, string?> settings)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(RepositoryRoot.FullPath, "src/Silo/bin", output.Parent!.Name, output.Name, "Alerts.Silo.dll");
        var environment = settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        environment["Alerts__SigningKey"] = "signs the links of this test and no other";
        environment["Logging__Console__FormatterName"] = "simple";
        environment["Logging__Console__FormatterOptions__SingleLine"] = "true";
        return ChildProcess.Start("dotnet", [program, "migrate"], environment);
    }
}
