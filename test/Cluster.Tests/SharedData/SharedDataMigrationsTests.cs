using System.Data.Common;
using Alerts.Configuration;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Sql;
using Alerts.Testing;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public sealed class SharedDataMigrationsTests(Servers servers) : IDisposable
{
    readonly TempFolder folder = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.MySql)]
    public async Task Silos_that_start_together_on_an_empty_database_apply_each_script_once(DatabaseKind kind)
    {
        var dialect = Dialect(kind);
        var sources = await SourcesAsync(dialect, 4);

        var applied = await Task.WhenAll(sources.Select(source => Task.Run(() => Migrator(source, dialect, Scripts(dialect)).ApplyAsync(Cancellation))));

        Assert.Equal(Scripts(dialect), applied.SelectMany(scripts => scripts).OrderBy(script => script.Version));
        await DisposeAsync(sources);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.MySql)]
    public async Task Silos_of_the_next_version_change_the_tables_once_and_keep_the_rows(DatabaseKind kind)
    {
        var dialect = Dialect(kind);
        var sources = await SourcesAsync(dialect, 3);
        var database = await SharedDatabase.MigratedAsync(sources[0], dialect, Cancellation);
        await database.WriteAsync(Batch(0, Of(42)));
        SqlScript next = new(Scripts(dialect)[^1].Version + 1, "colour", "ALTER TABLE products ADD COLUMN colour VARCHAR(20) NULL");

        var applied = await Task.WhenAll(sources.Select(source => Task.Run(() => Migrator(source, dialect, [.. Scripts(dialect), next]).ApplyAsync(Cancellation))));
        await database.WriteAsync(Batch(2, Of(42, 9)));

        Assert.Equal([next], applied.SelectMany(scripts => scripts));
        Assert.Equal(["v1|42|0 | 9 | -"], await database.RowsAsync("SELECT item_id, price, colour FROM products"));
        await DisposeAsync(sources);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.MySql)]
    public async Task A_silo_that_died_before_it_had_recorded_a_column_is_made_up_for_by_the_next(DatabaseKind kind)
    {
        var dialect = Dialect(kind);
        var sources = await SourcesAsync(dialect, 1);
        SqlScript next = new(Scripts(dialect)[^1].Version + 1, "colour", "ALTER TABLE products ADD COLUMN colour VARCHAR(20) NULL");
        var database = await SharedDatabase.MigratedAsync(sources[0], dialect, Cancellation);
        // Only MySQL leaves the one without the other.
        if (kind is DatabaseKind.MySql)
            await database.RowsAsync(next.Text);

        Assert.Equal([next], await Migrator(sources[0], dialect, [.. Scripts(dialect), next]).ApplyAsync(Cancellation));

        Assert.Equal([$"{next.Version}"], await database.RowsAsync("SELECT MAX(version) FROM schema_version"));
        await DisposeAsync(sources);
    }

    public void Dispose() => folder.Dispose();

    async Task<DbDataSource[]> SourcesAsync(SqlDialect dialect, int count)
    {
        if (dialect == SqliteDialect.Instance)
            return [.. Enumerable.Range(0, count).Select(_ => new SqliteDataSource(folder["shared.db"]))];
        var connection = await (await servers.MariaDbAsync()).CreateDatabaseAsync(Cancellation);
        return [.. Enumerable.Range(0, count).Select(_ => new MySqlDataSource(connection))];
    }

    static SqlDialect Dialect(DatabaseKind kind) => kind is DatabaseKind.MySql ? MySqlDialect.Instance : SqliteDialect.Instance;

    static IReadOnlyList<SqlScript> Scripts(SqlDialect dialect) => SqlScript.Of(DatabaseKeys.Shared, dialect);

    static SchemaMigrator Migrator(DbDataSource source, SqlDialect dialect, IReadOnlyList<SqlScript> scripts) => new(DatabaseKeys.Shared, dialect, scripts, source);

    static async Task DisposeAsync(DbDataSource[] sources)
    {
        foreach (var source in sources)
            await source.DisposeAsync();
    }
}
