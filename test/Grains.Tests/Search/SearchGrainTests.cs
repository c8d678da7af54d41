using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Search;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Search;

/// <summary>What stays of a search whose users are gone, on a day of few calls.</summary>
public sealed class SearchGrainTests : IAsyncLifetime
{
    const int Budget = 10;

    /// <summary>How old a row is when it is of no use to anybody: two days and the window somebody last asked in.</summary>
    static readonly TimeSpan longest = TimeSpan.FromDays(2) + AlertsOptions.StandardReminderPeriod;

    /// <summary>Long before the machine's time, by which Orleans tells whether a grain's wish to be kept is over: here it always is.</summary>
    readonly FakeTimeProvider clock = new(new(2020, 7, 1, 12, 0, 0, TimeSpan.Zero));
    readonly SharedStorage storage = new();
    MarketplaceServer marketplace = null!;

    public async ValueTask InitializeAsync() =>
        marketplace = await MarketplaceServer.StartAsync(new MarketplaceOptions { DailyCallLimit = Budget, ListingsPerQuery = 1 }, clock);

    public ValueTask DisposeAsync() => marketplace.DisposeAsync();

    Task<QuotaCluster> StartAsync() => QuotaCluster.StartAsync(marketplace, clock, storage, Budget, silos: 1);

    static ISearchGrain Search(QuotaCluster cluster) => cluster.Grains.GetGrain<ISearchGrain>("EBAY_US?q=iphone%2013&sort=price");

    [Fact]
    public async Task A_search_nobody_asks_for_any_more_leaves_no_row_and_begins_anew_when_somebody_does()
    {
        await using var cluster = await StartAsync();
        var first = (await Search(cluster).GetAsync(0, isWaitedFor: true)).Snapshot!;
        Assert.Equal(1, storage.Count("search"));

        clock.Advance(longest - TimeSpan.FromTicks(1));
        await cluster.CollectAsync();
        Assert.Equal(first.FetchedAt, (await Search(cluster).PeekAsync()).FetchedAt);

        clock.Advance(TimeSpan.FromTicks(1));
        await cluster.CollectAsync();
        Assert.Equal(0, storage.Count("search"));

        Assert.Equal(clock.GetUtcNow(), (await Search(cluster).GetAsync(first.Version, isWaitedFor: true)).FetchedAt);
        Assert.Equal(2, marketplace.SearchCalls.Value);
        Assert.Equal(1, storage.Count("search"));
    }

    [Fact]
    public async Task A_search_asked_for_again_keeps_its_row_and_what_that_saves()
    {
        await using var cluster = await StartAsync();
        var version = (await Search(cluster).GetAsync(0, isWaitedFor: true)).Snapshot!.Version;
        await cluster.CollectAsync();
        clock.Advance(AlertsOptions.StandardReminderPeriod);
        Assert.Null((await Search(cluster).GetAsync(version)).Failure);
        clock.Advance(longest - TimeSpan.FromTicks(1));
        await cluster.CollectAsync();
        Assert.Equal(1, storage.Count("search"));
        Assert.Equal(1, marketplace.SearchCalls.Value);
    }

    [Fact]
    public async Task A_row_that_a_restart_left_behind_goes_when_somebody_looks_at_the_search()
    {
        await using (var killed = await StartAsync())
            await Search(killed).GetAsync(0, isWaitedFor: true);
        clock.Advance(longest);
        await using var cluster = await StartAsync();
        Assert.Equal(1, storage.Count("search"));
        Assert.Null((await Search(cluster).PeekAsync()).FetchedAt);
        await cluster.CollectAsync();
        Assert.Equal(0, storage.Count("search"));
    }

    [Fact]
    public async Task A_search_with_a_row_stays_in_memory_until_the_row_may_go()
    {
        // Long after the machine's time: no wish to be kept is over.
        clock.SetUtcNow(new(2120, 7, 1, 12, 0, 0, TimeSpan.Zero));
        await using var cluster = await StartAsync();
        var found = (await Search(cluster).GetAsync(0, isWaitedFor: true)).Snapshot!;
        await cluster.CollectAsync();
        Assert.Equal(found.Version, (await Search(cluster).PeekAsync()).Snapshot?.Version);
    }
}
