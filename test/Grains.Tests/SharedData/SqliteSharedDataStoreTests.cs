using Alerts.SharedData;
using Alerts.Silo.Storage;

namespace Alerts.Tests.SharedData;

public class SqliteSharedDataStoreTests : SharedDataStoreContract
{
    protected override Task<SharedDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        var folder = new TempFolder();
        return SharedDatabase.MigratedAsync(new SqliteDataSource(folder["shared.db"]), Alerts.SharedData.SqlDialect.Sqlite, cancellationToken, folder);
    }
}
