using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Search;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Search;

/// <summary>Users of one search who watch different things share its calls, and nobody pays for what none of them needs.</summary>
public sealed class NeededPagesTests : IAsyncLifetime
{
    const string Query = "EBAY_US?q=large&sort=price";

    readonly FakeTimeProvider clock = new(new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
    MarketplaceServer marketplace = null!;
    QuotaCluster cluster = null!;

    public async ValueTask InitializeAsync()
    {
        marketplace = await MarketplaceServer.StartAsync(new MarketplaceOptions { DailyCallLimit = 100_000, ListingsPerQuery = 300 }, clock);
        cluster = await QuotaCluster.StartAsync(marketplace, clock, new SharedStorage(), 100_000, silos: 1);
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        await marketplace.DisposeAsync();
    }

    static Asker Who(WatchedPages pages) => new(KnownVersion: 0, IsWaitedFor: false, Parts: 1) { Pages = pages };

    async Task<SearchSnapshot> AskAsync(WatchedPages pages)
    {
        clock.Advance(AlertsOptions.StandardReminderPeriod);
        return (await cluster.Replicas[0].AskAsync(Query, Who(pages))).Snapshot!;
    }

    [Fact]
    public async Task Who_watches_the_cheapest_alone_asks_by_price_alone()
    {
        for (var i = 0; i < 4; i++)
            Assert.Empty((await AskAsync(WatchedPages.Cheapest)).Newest);
        Assert.Equal(4, marketplace.SearchCalls.Value);
    }

    [Fact]
    public async Task Who_watches_what_is_new_alone_asks_by_price_once()
    {
        Assert.NotEmpty((await AskAsync(WatchedPages.Newest)).Listings);
        for (var i = 0; i < 3; i++)
        {
            var snapshot = await AskAsync(WatchedPages.Newest);
            Assert.Equal((0, true, clock.GetUtcNow()), (snapshot.Listings.Length, snapshot.Newest.Length > 0, snapshot.FetchedAt));
        }
    }

    [Fact]
    public async Task Of_two_who_watch_different_halves_each_gets_his_also_when_only_the_silo_is_asked()
    {
        var snapshot = await AskAsync(WatchedPages.Cheapest);
        // This one is answered by the silo, which tells the grain in the next window.
        Assert.NotNull(cluster.Replicas[0].Find(Query, Who(WatchedPages.Newest)));
        for (var i = 0; i < 4; i++)
            snapshot = await AskAsync(WatchedPages.Cheapest);
        Assert.NotEmpty(snapshot.Listings);
        Assert.NotEmpty(snapshot.Newest);

        // Two days after the last who needs the newest, they are asked for no more.
        clock.Advance(TimeSpan.FromDays(2));
        for (var i = 0; i < 2; i++)
            snapshot = await AskAsync(WatchedPages.Cheapest);
        Assert.Empty(snapshot.Newest);
        Assert.Equal(clock.GetUtcNow(), snapshot.FetchedAt);
    }

    [Fact]
    public async Task A_silo_of_an_older_release_which_does_not_say_gets_both()
    {
        var grain = cluster.Grains.GetGrain<ISearchGrain>(Query);
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(AlertsOptions.StandardReminderPeriod);
            await grain.GetAsync(0);
        }

        var snapshot = (await grain.PeekAsync()).Snapshot!;
        Assert.NotEmpty(snapshot.Listings);
        Assert.NotEmpty(snapshot.Newest);
    }
}
