using Alerts.SharedData;
using Alerts.Silo.Storage;
using Alerts.Testing;

namespace Alerts.Tests.SharedData;

public class SharedDataOnMariaDb(Servers servers) : SharedDataContract
{
    protected override async Task<SharedDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        var server = await servers.MariaDbAsync();
        var source = new MySqlDataSource(await server.CreateDatabaseAsync(cancellationToken));
        return await SharedDatabase.MigratedAsync(source, Alerts.SharedData.SqlDialect.MySql, cancellationToken);
    }
}
