using System.Diagnostics.Metrics;
using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Search;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Search;

/// <summary>A silo's replica of answers, of one megabyte, before real grains and the demo's marketplace.</summary>
public sealed class AnswerCacheTests : IAsyncLifetime
{
    const int Calls = 1_000;
    const string Query = "EBAY_US?q=one&sort=price";

    static readonly Asker anybody = new(KnownVersion: 0, IsWaitedFor: false, Parts: 1);

    readonly FakeTimeProvider clock = new(new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
    readonly MeterListener listener = new();
    MarketplaceServer marketplace = null!;
    QuotaCluster cluster = null!;
    int asked;

    AnswerCache Replica => cluster.Replicas[0];

    public async ValueTask InitializeAsync()
    {
        marketplace = await MarketplaceServer.StartAsync(
            new MarketplaceOptions { DailyCallLimit = Calls, ListingsPerQuery = 100, PriceChangePeriod = TimeSpan.FromDays(365) }, clock);
        cluster = await QuotaCluster.StartAsync(marketplace, clock, new SharedStorage(), Calls, silos: 1);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "alerts.search.answers" && instrument.Meter.Scope == cluster.Meters)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (tags[0].Value is "asked")
                Interlocked.Increment(ref asked);
        });
        listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await cluster.DisposeAsync();
        await marketplace.DisposeAsync();
    }

    [Fact]
    public async Task Users_of_a_silo_who_ask_at_once_share_one_call_of_the_searchs_grain()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Replica.AskAsync(Query, anybody)));

        Assert.Equal(1, asked);
        Assert.All(answers, answer => Assert.Same(answers[0].Snapshot, answer.Snapshot));
        Assert.NotEmpty(answers[0].Snapshot!.Listings);
        Assert.Same(answers[0].Snapshot, Replica.Find(Query, anybody)!.Snapshot);
        Assert.True(Replica.Find(Query, anybody with { KnownVersion = answers[0].Snapshot!.Version })!.IsUnchanged);
    }

    [Fact]
    public async Task In_the_next_window_the_grain_is_asked_again_and_leaves_out_the_listings_that_the_silo_has()
    {
        var first = (await Replica.AskAsync(Query, anybody)).Snapshot!;
        clock.Advance(AlertsOptions.StandardReminderPeriod);

        Assert.Null(Replica.Find(Query, anybody));
        var second = await Replica.AskAsync(Query, anybody);

        Assert.Equal(2, asked);
        Assert.Equal(clock.GetUtcNow(), second.Snapshot!.FetchedAt);
        Assert.Equal(first.Version, second.Snapshot.Version);
        Assert.Equal(first.Listings, second.Snapshot.Listings);
        Assert.Null(second.Head);
        var sent = await cluster.Grains.GetGrain<ISearchGrain>(Query).GetAsync(first.Version);
        Assert.Null(sent.Snapshot);
        Assert.Empty(sent.Head!.Listings);
    }

    [Fact]
    public async Task Who_has_seen_something_newer_than_the_silo_has_is_not_shown_the_older()
    {
        var snapshot = (await Replica.AskAsync(Query, anybody)).Snapshot!;
        var seen = anybody with { SeenVersion = 1, SeenAt = snapshot.FetchedAt };

        Assert.Null(Replica.Find(Query, seen));
        Assert.Same(snapshot, Replica.Find(Query, seen with { SeenVersion = snapshot.Version })!.Snapshot);
        Assert.Same(snapshot, Replica.Find(Query, seen with { SeenAt = snapshot.FetchedAt.AddTicks(-1) })!.Snapshot);
    }

    [Fact]
    public async Task Beyond_its_megabyte_the_searches_not_used_for_longest_are_forgotten()
    {
        var queries = Enumerable.Range(0, 30).Select(number => $"EBAY_US?q=thing{number}&sort=price").ToArray();
        foreach (var query in queries)
        {
            Assert.NotNull((await Replica.AskAsync(query, anybody with { IsWaitedFor = true })).Snapshot);
            clock.Advance(TimeSpan.FromTicks(1));
            Assert.NotNull(Replica.Find(queries[0], anybody));
        }

        var kept = queries.Where(query => Replica.Find(query, anybody) is not null).ToArray();
        Assert.InRange(kept.Length, 5, 25);
        Assert.Equal([queries[0], .. queries[^(kept.Length - 1)..]], kept);
    }

    [Fact]
    public async Task A_failure_is_kept_for_nobody()
    {
        marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.ServerError });

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Replica.AskAsync(Query, anybody)));

        Assert.All(answers, answer => Assert.NotNull(answer.Failure));
        Assert.Equal(3, asked);
        Assert.Null(Replica.Find(Query, anybody));
    }
}
