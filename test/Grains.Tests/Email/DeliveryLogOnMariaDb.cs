using System.Data.Common;
using Alerts.Silo.Storage;
using Alerts.Testing;

namespace Alerts.Tests.Email;

public sealed class DeliveryLogOnMariaDb(Servers servers) : DeliveryLogContract
{
    protected override async Task<DbDataSource> OpenAsync()
    {
        var server = await servers.MariaDbAsync();
        var database = new MySqlDataSource(await server.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await new SchemaMigrator(Databases.Alerts, SqlDialect.MySql, SqlScript.Of(Databases.Alerts, SqlDialect.MySql), database).ApplyAsync(CancellationToken.None);
        return database;
    }
}
