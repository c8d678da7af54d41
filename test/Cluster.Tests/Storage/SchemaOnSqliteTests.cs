using System.Data.Common;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Testing;
using Dapper;

namespace Alerts.Cluster.Tests;

public sealed class SchemaOnSqliteTests() : SchemaContract(SqliteDialect.Instance)
{
    readonly TempFolder folder = new();

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override DbDataSource Open() => new SqliteDataSource(folder["test.db"]);

    protected override async Task<IReadOnlyList<string>> ExplainAsync(DbConnection connection, string query, object parameters) =>
        [.. (await connection.QueryAsync("EXPLAIN QUERY PLAN " + query, parameters)).Select(row => (string)row.detail)];

    protected override bool ReadsIndexAlone(string visit) =>
        visit.StartsWith("SEARCH OrleansRemindersTable USING COVERING INDEX IX_OrleansRemindersTable_GrainHash (ServiceId=? AND GrainHash", StringComparison.Ordinal);
}
