using System.Data.Common;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Sql;
using Alerts.Testing;

namespace Alerts.Tests.Events;

public sealed class EventLogOnSqliteTests : EventLogContract, IDisposable
{
    readonly TempFolder folder = new();

    protected override SqlDialect Dialect => SqliteDialect.Instance;

    protected override async Task<DbDataSource> OpenAsync()
    {
        var database = new SqliteDataSource(folder["alerts.db"]);
        await new SchemaMigrator(DatabaseKeys.Alerts, Dialect, SqlScript.Of(DatabaseKeys.Alerts, Dialect), database).ApplyAsync(Cancellation);
        return database;
    }

    public void Dispose() => folder.Dispose();
}
