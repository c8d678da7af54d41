using Alerts.SharedData;
using Alerts.Silo.Storage;
using Alerts.Testing;

namespace Alerts.Tests.SharedData;

public class SharedDataOnSqlite : SharedDataContract
{
    protected override Task<SharedDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        var folder = new TempFolder();
        return SharedDatabase.MigratedAsync(new SqliteDataSource(folder["shared.db"]), Alerts.SharedData.SqlDialect.Sqlite, cancellationToken, folder);
    }
}
