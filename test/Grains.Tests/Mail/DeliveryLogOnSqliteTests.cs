using System.Data.Common;
using Alerts.Silo.Databases;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Sql;
using Alerts.Testing;

namespace Alerts.Tests.Mail;

public sealed class DeliveryLogOnSqliteTests : DeliveryLogContract, IDisposable
{
    readonly TempFolder folder = new();

    protected override SqlDialect Dialect => SqliteDialect.Instance;

    protected override async Task<DbDataSource> OpenAsync()
    {
        var database = new SqliteDataSource(folder["alerts.db"]);
        await new SchemaMigrator(DatabaseKeys.Alerts, SqliteDialect.Instance, SqlScript.Of(DatabaseKeys.Alerts, SqliteDialect.Instance), database).ApplyAsync(CancellationToken.None);
        return database;
    }

    public void Dispose() => folder.Dispose();
}
