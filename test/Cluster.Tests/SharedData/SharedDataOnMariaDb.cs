using Alerts.SharedData.Sql;
using Alerts.Silo.Storage;
using Alerts.Testing;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public class SharedDataOnMariaDb(Servers servers) : SharedDataContract
{
    protected override async Task<SharedDatabase> OpenAsync(CancellationToken cancellationToken)
    {
        var server = await servers.MariaDbAsync();
        var source = new MySqlDataSource(await server.CreateDatabaseAsync(cancellationToken));
        return await SharedDatabase.MigratedAsync(source, SqlDialect.MySql, cancellationToken);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_told_from_a_failure_for_now()
    {
        foreach (var unfit in (string[])[new('M', 33), "EBAY_Ü"])
        {
            var refusal = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.WriteAsync(Batch(0, Of(42)) with { Marketplace = unfit }));
            Assert.False(DatabaseFailure.IsTransient(refusal), refusal.Message);
        }

        var failure = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.RowsAsync("SELECT nothing FROM nowhere"));
        Assert.True(DatabaseFailure.IsTransient(failure), failure.Message);
    }
}
