using Alerts.Cluster.Tests;
using Alerts.Silo.Storage;
using Alerts.Testing;

namespace Alerts.Tests.SharedData;

public sealed class SharedDataStreamOnSqlite : IDisposable
{
    readonly TempFolder folder = new();

    [Fact]
    public async Task What_searches_find_is_what_the_database_holds()
    {
        var marketplace = new Marketplace(seed: 1, items: 300, queries: 10, pageSize: 40);
        await using (var silo = await SharedDataOfASilo.StartAsync(EmbeddedSilo.Settings(folder), TestContext.Current.CancellationToken))
        {
            await silo.PublishAsync(marketplace, 60);
            await silo.Written.ReachAsync(1, TestContext.Current.CancellationToken);
        }

        await using var database = Database();
        Assert.Equal(marketplace.Rows(), await Marketplace.RowsAsync(database));
    }

    [Fact]
    public async Task A_silo_that_stops_at_once_writes_what_is_on_the_stream()
    {
        var marketplace = new Marketplace(seed: 2, items: 2_000, queries: 20, pageSize: 100);
        await using (var silo = await SharedDataOfASilo.StartAsync(EmbeddedSilo.Settings(folder), TestContext.Current.CancellationToken))
        {
            await silo.PublishAsync(marketplace, 50);
            Assert.NotEqual(0, (await silo.HealthAsync()).Sum(health => health.RowsPending));
            await silo.StopAsync(TestContext.Current.CancellationToken);
        }

        await using var database = Database();
        Assert.Equal(marketplace.Rows(), await Marketplace.RowsAsync(database));
    }

    [Fact]
    public async Task Writers_deactivated_while_the_stream_has_work_leave_nothing_out()
    {
        var marketplace = new Marketplace(seed: 3, items: 500, queries: 10, pageSize: 50);
        await using (var silo = await SharedDataOfASilo.StartAsync(EmbeddedSilo.Settings(folder), TestContext.Current.CancellationToken))
        {
            for (var turn = 0; turn < 10; turn++)
            {
                await silo.PublishAsync(marketplace, 10);
                await silo.DeactivateWritersAsync();
            }

            await silo.Written.ReachAsync(marketplace.Served, TestContext.Current.CancellationToken);
        }

        await using var database = Database();
        Assert.Equal(marketplace.Rows(), await Marketplace.RowsAsync(database));
    }

    public void Dispose() => folder.Dispose();

    SharedDatabase Database() => new(new SqliteDataSource(Path.Combine(folder["data"], "shared.db")), Alerts.SharedData.SqlDialect.Sqlite);
}
