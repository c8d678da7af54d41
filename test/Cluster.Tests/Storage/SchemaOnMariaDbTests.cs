using System.Data.Common;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.MySql;
using Alerts.Sql;
using Alerts.Testing;
using Dapper;

namespace Alerts.Cluster.Tests;

public sealed class SchemaOnMariaDbTests(Servers servers) : SchemaContract(MySqlDialect.Instance)
{
    string database = null!;

    public override async ValueTask InitializeAsync() => database = await (await servers.MariaDbAsync()).CreateDatabaseAsync(Cancel);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Scripts_cut_short_by_a_crash_can_be_applied_again()
    {
        // MySQL keeps each statement of a script, so a crash leaves any number of them done and nothing recorded: here, all.
        await using var source = Open();
        var scripts = SqlScript.Of(DatabaseKeys.Alerts, MySqlDialect.Instance);
        await using (var connection = await source.OpenConnectionAsync(Cancel))
            foreach (var script in scripts)
                await connection.ExecuteAsync(script.Text);

        Assert.Equal(scripts, await new SchemaMigrator("test", MySqlDialect.Instance, scripts, source).ApplyAsync(Cancel));
    }

    protected override DbDataSource Open() => new MySqlDataSource(database);

    protected override async Task<IReadOnlyList<string>> ExplainAsync(DbConnection connection, string query, object parameters) =>
        [.. (await connection.QueryAsync("EXPLAIN " + query, parameters)).Select(row => $"{row.table} {row.type} {row.key} {row.Extra}")];

    protected override bool ReadsIndexAlone(string visit) =>
        visit is "OrleansRemindersTable range IX_OrleansRemindersTable_GrainHash Using where; Using index";
}
