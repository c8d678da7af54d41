using System.Data.Common;
using Alerts.Silo.Storage;
using Alerts.Testing;

namespace Alerts.Tests.Mail;

public sealed class DeliveryLogOnSqlite : DeliveryLogContract, IDisposable
{
    readonly TempFolder folder = new();

    protected override async Task<DbDataSource> OpenAsync()
    {
        var database = new SqliteDataSource(folder["alerts.db"]);
        await new SchemaMigrator(Databases.Alerts, SchemaDialect.Sqlite, SqlScript.Of(Databases.Alerts, SchemaDialect.Sqlite), database).ApplyAsync(CancellationToken.None);
        return database;
    }

    public void Dispose() => folder.Dispose();
}
