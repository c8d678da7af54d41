using System.Data.Common;
using Alerts.Silo.Storage;
using Alerts.Testing;

namespace Alerts.Tests.Mail;

public sealed class DeliveryLogOnMariaDb(Servers servers) : DeliveryLogContract
{
    protected override async Task<DbDataSource> OpenAsync()
    {
        var server = await servers.MariaDbAsync();
        var database = new MySqlDataSource(await server.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await new SchemaMigrator(Databases.Alerts, SchemaDialect.MySql, SqlScript.Of(Databases.Alerts, SchemaDialect.MySql), database).ApplyAsync(CancellationToken.None);
        return database;
    }
}
