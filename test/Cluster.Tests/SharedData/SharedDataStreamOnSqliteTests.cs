using System.Globalization;
using Alerts.Cluster.Tests;
using Alerts.SharedData.Retention;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Testing;

namespace Alerts.Tests.SharedData;

public sealed class SharedDataStreamOnSqliteTests : IDisposable
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

    [Fact]
    public async Task Another_period_of_retention_is_taken_over_at_the_next_tick()
    {
        foreach (var (period, stored) in ((string, TimeSpan)[])[("01:00:00", TimeSpan.FromHours(1)), ("02:00:00", TimeSpan.FromHours(1))])
        {
            var settings = new Dictionary<string, string?>(EmbeddedSilo.Settings(folder)) { ["Alerts:SharedData:RetentionPeriod"] = period };
            await using var silo = await SharedDataOfASilo.StartAsync(settings, TestContext.Current.CancellationToken);
            Assert.Equal(stored, (await silo.RetentionReminderAsync())!.Period);

            var now = DateTime.UtcNow;
            await silo.Grains.GetGrain<IRetentionGrain>(IRetentionGrain.Key).ReceiveReminder("retention", new TickStatus(now, stored, now), TestContext.Current.CancellationToken);

            Assert.Equal(TimeSpan.Parse(period, CultureInfo.InvariantCulture), (await silo.RetentionReminderAsync())!.Period);
        }
    }

    public void Dispose() => folder.Dispose();

    SharedDatabase Database() => new(new SqliteDataSource(Path.Combine(folder["data"], "shared.db")), SqliteDialect.Instance);
}
