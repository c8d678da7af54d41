using System.Data.Common;
using System.Globalization;
using Alerts.Silo.Databases;
using Alerts.Sql;
using Dapper;

namespace Alerts.Cluster.Tests;

/// <summary>How a database gets its schema, and whether that schema serves the queries on it.</summary>
public abstract class SchemaContract(SqlDialect dialect) : IAsyncLifetime
{
    const int Reminders = 3000;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    IReadOnlyList<SqlScript> Scripts { get; } = SqlScript.Of(DatabaseKeys.Alerts, dialect);

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>A data source of its own on the test's one database, as another process would have.</summary>
    protected abstract DbDataSource Open();

    /// <summary>How the database means to run a query: a line a table.</summary>
    protected abstract Task<IReadOnlyList<string>> ExplainAsync(DbConnection connection, string query, object parameters);

    [Fact]
    public async Task Silos_that_start_together_apply_each_script_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var source = Open();
            return await new SchemaMigrator("test", dialect, Scripts, source).ApplyAsync(Cancel);
        })));

        Assert.Equal(Scripts.Select(script => script.Version), applied.SelectMany(scripts => scripts).Select(script => script.Version));
        Assert.Single(applied, scripts => scripts.Count > 0);
        Assert.Equal(Scripts.Select(script => (script.Version, script.Name)), await VersionsAsync());
    }

    [Fact]
    public async Task Only_what_is_missing_is_applied()
    {
        await using var source = Open();
        await new SchemaMigrator("test", dialect, [.. Scripts.Take(1)], source).ApplyAsync(Cancel);
        SqlScript table = new(Scripts[^1].Version + 1, "one-more", "CREATE TABLE one_more (id INT)");

        Assert.Equal([.. Scripts.Skip(1), table], await new SchemaMigrator("test", dialect, [.. Scripts, table], source).ApplyAsync(Cancel));
        Assert.Empty(await new SchemaMigrator("test", dialect, [.. Scripts, table], source).ApplyAsync(Cancel));
        // An older silo in a rolling update finds its database ahead and leaves it so.
        Assert.Empty(await new SchemaMigrator("test", dialect, Scripts, source).ApplyAsync(Cancel));
    }

    [Fact]
    public async Task A_script_that_fails_is_not_recorded_and_the_lock_is_free_again()
    {
        await using var source = Open();
        SqlScript broken = new(Scripts[^1].Version + 1, "broken", "CREATE TABLE nonsense (");
        await Assert.ThrowsAnyAsync<DbException>(() => new SchemaMigrator("test", dialect, [.. Scripts, broken], source).ApplyAsync(Cancel));

        await using var other = Open();
        await new SchemaMigrator("test", dialect, Scripts, other).ApplyAsync(Cancel);
        Assert.Equal(Scripts.Select(script => (script.Version, script.Name)), await VersionsAsync());
    }

    [Fact]
    public async Task Range_queries_read_the_index_alone()
    {
        await using var source = Open();
        await new SchemaMigrator("test", dialect, Scripts, source).ApplyAsync(Cancel);
        await using var connection = await source.OpenConnectionAsync(Cancel);
        var row = "INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, GrainHash, StartTime, Period, Version) VALUES ";
        await connection.ExecuteAsync(row + string.Join(',', Enumerable.Range(0, Reminders).Select(number =>
            string.Create(CultureInfo.InvariantCulture, $"('alerts', 'user/u-{number}', 'check', {(number - (Reminders / 2)) * 1_400_000}, '2026-11-23 12:00:00', 120000, 1)"))));

        foreach (var (key, begin, end) in ((string, int, int)[])
        [
            ("ReadRangeRows1Key", 1_000_000_000, 1_200_000_000), ("ReadRangeRows1Key", int.MinValue, int.MaxValue),
            ("ReadRangeRows2Key", 2_000_000_000, -2_000_000_000), ("ReadRangeRows2Key", 0, 0),
        ])
        {
            var query = await connection.QuerySingleAsync<string>("SELECT QueryText FROM OrleansQuery WHERE QueryKey = @key", new { key });
            var plan = await ExplainAsync(connection, query, new { ServiceId = "alerts", BeginHash = begin, EndHash = end });
            var visits = plan.Where(line => line.Contains("Orleans", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(visits);
            Assert.All(visits, visit => Assert.True(ReadsIndexAlone(visit), visit));
        }
    }

    protected abstract bool ReadsIndexAlone(string visit);

    async Task<IEnumerable<(int, string)>> VersionsAsync()
    {
        await using var source = Open();
        await using var connection = await source.OpenConnectionAsync(Cancel);
        return (await connection.QueryAsync<(long Version, string Name)>("SELECT version, name FROM schema_version ORDER BY version"))
            .Select(row => ((int)row.Version, row.Name));
    }
}
