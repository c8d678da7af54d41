using Alerts.Silo.Databases.Sqlite;
using Alerts.Testing;

namespace Alerts.Tests.SharedData;

public class SharedDataOnSqliteTests : SharedDataContract
{
    protected override Task<SharedDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        var folder = new TempFolder();
        return SharedDatabase.MigratedAsync(new SqliteDataSource(folder["shared.db"]), SqliteDialect.Instance, cancellationToken, folder);
    }
}
