using Alerts.Cluster.Tests;
using Alerts.Search;
using Alerts.Silo.Databases.MySql;
using Alerts.Testing;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

/// <summary>The shared database of a silo in cluster mode is frozen and killed while searches go on.</summary>
public class SharedDataOutagesTests(Servers servers)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_database_was_frozen_and_killed_under_load_it_holds_a_replay_of_what_was_served()
    {
        await using var server = await MariaDbServer.StartAsync(Cancellation);
        var shared = await server.CreateDatabaseAsync(Cancellation);
        // Each failed attempt is the last of its delivery, so that the stream offers it again.
        var settings = new Dictionary<string, string?>(await SettingsAsync(shared)) { ["Alerts:SharedData:RetryTime"] = "00:00:00.500" };
        await using var silo = await SharedDataOfASilo.StartAsync(settings, Cancellation);
        var marketplace = new Marketplace(seed: 3, items: 500, queries: 20, pageSize: 50);

        await silo.PublishAsync(marketplace, 40);
        await silo.Written.ReachAsync(1, Cancellation);
        server.Pause();
        await silo.PublishAsync(marketplace, 40);
        await FailingAsync(silo);
        server.Resume();
        await silo.PublishAsync(marketplace, 40);
        server.Pause();
        await silo.PublishAsync(marketplace, 20);
        await server.KillAsync(Cancellation);
        await silo.PublishAsync(marketplace, 20);
        await FailingAsync(silo);
        await server.RestartAsync(Cancellation);
        await silo.PublishAsync(marketplace, 40);
        await silo.Written.ReachAsync(marketplace.Served, Cancellation);

        await using var database = new SharedDatabase(new MySqlDataSource(shared), MySqlDialect.Instance);
        Assert.Equal(marketplace.Rows(), await Marketplace.RowsAsync(database));
        Assert.All(await silo.HealthAsync(), health => Assert.Equal((null, 0L), (health.FailingSince, health.BatchesRefused)));
    }

    [Fact]
    public async Task While_the_database_is_away_the_stream_takes_no_more_than_its_limit_and_says_so()
    {
        await using var server = await MariaDbServer.StartAsync(Cancellation);
        var settings = new Dictionary<string, string?>(await SettingsAsync(await server.CreateDatabaseAsync(Cancellation))) { ["Alerts:SharedData:PendingRows"] = "1000" };
        await using var silo = await SharedDataOfASilo.StartAsync(settings, Cancellation);
        var marketplace = new Marketplace(seed: 4, items: 4_000, queries: 20, pageSize: 200);
        await server.KillAsync(Cancellation);

        for (var refused = 0; refused < 5;)
        {
            var (query, found) = marketplace.Next();
            if (!await silo.Products.PublishAsync(query, found))
                refused++;
        }

        await FailingAsync(silo);
        var health = await silo.HealthAsync();
        Assert.All(health, shard => Assert.InRange(shard.RowsPending, 1, 1_000));
        Assert.NotEqual(0, health.Sum(shard => shard.BatchesRefused));
        Assert.Contains(health, shard => shard.FailingSince is not null);

        await server.RestartAsync(Cancellation);
        var waiting = health.Sum(shard => shard.RowsPending);
        await silo.Written.ReachAsync(waiting, Cancellation);
        var (again, snapshot) = marketplace.Next();
        Assert.True(await silo.Products.PublishAsync(again, snapshot));
        await silo.Written.ReachAsync(waiting + snapshot.Listings.Length, Cancellation);
        Assert.Equal(
            [$"{snapshot.Listings.Length}"],
            await silo.RowsAsync("SELECT COUNT(*) FROM query_products found JOIN queries search ON search.query_id = found.query_id AND search.last_seen = found.last_seen WHERE search.last_seen = (SELECT MAX(last_seen) FROM queries)"));
    }

    [Fact]
    public async Task What_was_on_the_stream_of_a_silo_that_ends_while_the_database_is_away_is_brought_by_the_next_search()
    {
        await using var server = await MariaDbServer.StartAsync(Cancellation);
        var settings = new Dictionary<string, string?>(await SettingsAsync(await server.CreateDatabaseAsync(Cancellation))) { ["Alerts:SharedData:DrainTime"] = "00:00:00" };
        await using (var silo = await SharedDataOfASilo.StartAsync(settings, Cancellation))
        {
            await FindAsync(silo, 0, Of(1, 10), Of(2, 10));
            await silo.Written.ReachAsync(2, Cancellation);
            await server.KillAsync(Cancellation);
            await FindAsync(silo, 2, Of(1, 8), Of(2, 10), Of(3, 5));
            await FailingAsync(silo);
        }

        await server.RestartAsync(Cancellation);
        settings["Alerts:ClusterId"] = "the-next-silo";
        await using var next = await SharedDataOfASilo.StartAsync(settings, Cancellation);
        Assert.Equal(["v1|1|0 | 10", "v1|2|0 | 10"], await next.RowsAsync("SELECT item_id, seller_price FROM products ORDER BY item_id"));

        await FindAsync(next, 4, Of(1, 8), Of(2, 10), Of(3, 5));
        await next.Written.ReachAsync(3, Cancellation);

        // The price of the lost search is known from the next one on: later than it was, not otherwise.
        Assert.Equal(
            ["v1|1|0 | 2026-03-14 09:26:53.589 | 10", "v1|1|0 | 2026-03-14 09:30:53.589 | 8", "v1|2|0 | 2026-03-14 09:26:53.589 | 10", "v1|3|0 | 2026-03-14 09:30:53.589 | 5"],
            await next.RowsAsync("SELECT item_id, observed_at, price FROM price_observations ORDER BY item_id, observed_at"));
    }

    [Fact]
    public async Task A_search_that_the_schema_cannot_hold_does_not_hold_up_those_behind_it()
    {
        await using var silo = await SharedDataOfASilo.StartAsync(await ClusterSilo.SettingsAsync(servers, Cancellation), Cancellation);
        var found = new SearchSnapshot { Version = 1, FetchedAt = Start, Total = 3, Listings = [Of(1), Of(2), Of(3)] };

        Assert.True(await silo.Products.PublishAsync($"{new string('M', 33)}?q=iphone", found));
        Assert.True(await silo.Products.PublishAsync(Query, found));
        await silo.Written.ReachAsync(6, Cancellation);

        Assert.Equal([Query], await silo.RowsAsync("SELECT query FROM queries"));
        Assert.Equal(3, (await silo.RowsAsync("SELECT 1 FROM products")).Length);
    }

    static async Task FindAsync(SharedDataOfASilo silo, int minutes, params Listing[] listings) =>
        Assert.True(await silo.Products.PublishAsync(Query, new() { Version = minutes + 1, FetchedAt = Start.AddMinutes(minutes), Total = listings.Length, Listings = [.. listings] }));

    /// <summary>Completes when one more attempt has failed.</summary>
    static Task FailingAsync(SharedDataOfASilo silo) => silo.Failures.ReachAsync(silo.Failures.Count + 1, Cancellation);

    async Task<IReadOnlyDictionary<string, string?>> SettingsAsync(string shared) =>
        new Dictionary<string, string?>(await ClusterSilo.SettingsAsync(servers, Cancellation))
        {
            ["Alerts:SharedMySql"] = shared,
            ["Alerts:SharedData:AttemptTime"] = "00:00:01",
            ["Alerts:SharedData:RetryTime"] = "00:00:03",
        };
}
