using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Search;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;
using Alerts.Search.Quota;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Search;

/// <summary>The day's calls in a cluster of three silos, with eBay's rate limits and refusals over real HTTP.</summary>
public sealed class QuotaGrainTests : IAsyncLifetime
{
    const int Budget = 1_000;

    /// <summary>Midnight in California, summer time: the day has 24 hours.</summary>
    static readonly DateTimeOffset midnight = new(2026, 7, 1, 7, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider clock = new(midnight);
    readonly SharedStorage storage = new();
    MarketplaceServer marketplace = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        marketplace = await MarketplaceServer.StartAsync(new MarketplaceOptions { DailyCallLimit = Budget, ListingsPerQuery = 1 }, clock);

    public ValueTask DisposeAsync() => marketplace.DisposeAsync();

    Task<QuotaCluster> StartAsync() => QuotaCluster.StartAsync(marketplace, clock, storage, Budget);

    /// <summary>Searches enough for leases of many calls.</summary>
    void WantMuch(QuotaCluster cluster)
    {
        foreach (var budget in cluster.Budgets)
        {
            for (var number = 0; number < 100; number++)
                budget.Report($"EBAY_US?q={number}", PollPlan.New(AlertsOptions.StandardReminderPeriod).Asked(clock.GetUtcNow()));
        }
    }

    [Fact]
    public async Task However_many_silos_take_calls_at_once_a_day_has_no_more_than_its_budget_and_no_fewer()
    {
        await using var cluster = await StartAsync();
        var taken = 0;
        for (var hour = 0; hour < 24; hour++)
        {
            WantMuch(cluster);
            taken += await cluster.DrainAsync();
            Assert.InRange(taken, 1, Budget);
            clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1.0 / 24));
        }

        Assert.Equal(Budget, taken + await cluster.DrainAsync());
    }

    [Fact]
    public async Task The_searches_of_a_silo_that_left_count_no_longer()
    {
        await using var cluster = await StartAsync();
        WantMuch(cluster);
        foreach (var budget in cluster.Budgets)
            await budget.RefreshAsync();
        var first = cluster.Budgets[0];
        clock.Advance(AlertsOptions.StandardReminderPeriod);
        await first.RefreshAsync();
        Assert.Equal(300, first.Lease!.Searches);

        await cluster.LeaveAsync(2);
        // Should the grain have been there, it learns of all anew.
        for (var lease = 0; lease < 2; lease++)
        {
            clock.Advance(AlertsOptions.StandardReminderPeriod);
            foreach (var budget in cluster.Budgets)
                await budget.RefreshAsync();
        }

        Assert.Equal(200, cluster.Budgets[^1].Lease!.Searches);
    }

    [Fact]
    public async Task Calls_leased_before_a_kill_are_not_leased_again()
    {
        int taken = 0, lost;
        await using (var first = await StartAsync())
        {
            // The first lease learns the pace, the second is a chunk of calls, of which one is made.
            for (var lease = 0; lease < 2; lease++)
            {
                WantMuch(first);
                foreach (var budget in first.Budgets)
                    taken += await budget.TryTakeAsync(isUrgent: false) ? 1 : 0;
                clock.Advance(AlertsOptions.StandardReminderPeriod);
            }

            lost = first.Budgets.Sum(budget => budget.Lease!.Calls - 1);
            Assert.Equal(Budget - taken - lost, first.Budgets.Min(budget => budget.Lease!.Left));
        }

        Assert.InRange(lost, 1, 100);
        await using var second = await StartAsync();
        taken += await second.DrainAsync();
        clock.SetUtcNow(midnight.AddDays(1).AddSeconds(-1));
        taken += await second.DrainAsync();
        Assert.Equal(Budget - lost, taken);
    }

    [Fact]
    public async Task A_429_opens_the_circuit_of_every_silo_and_one_probe_of_all_closes_it()
    {
        await using var cluster = await StartAsync();
        foreach (var search in cluster.Searches)
            await FindsAsync(search);

        marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.TooManyRequests, RetryAfter = TimeSpan.FromMinutes(5), Times = 1 });
        await FailsAsync(cluster.Searches[0]);
        await QuotaCluster.UntilAsync(() => cluster.Budgets.All(budget => budget.ClosedUntil == midnight.AddMinutes(5)));
        var calls = marketplace.SearchCalls.Value;
        foreach (var search in cluster.Searches)
            Assert.True(Assert.IsType<EbayAnswer.NotAsked>(await AskAsync(search)).IsCircuitOpen);
        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        foreach (var search in cluster.Searches)
            await NotAskedAsync(search);
        Assert.Equal(calls, marketplace.SearchCalls.Value);

        // The pause is over, and all ask at once: one probes, the others fail while eBay has not answered it.
        clock.Advance(TimeSpan.FromSeconds(1));
        var answer = new TaskCompletionSource();
        marketplace.OnSearch = _ => answer.Task;
        var asked = cluster.Searches.SelectMany(search => Enumerable.Range(0, 8).Select(_ => AskAsync(search))).ToList();
        while (asked.Count > 1)
        {
            var failed = await Task.WhenAny(asked);
            Assert.IsType<EbayAnswer.NotAsked>(await failed);
            asked.Remove(failed);
        }

        // Those that fail need no way to eBay: the probe may still be on its own.
        await marketplace.SearchCalls.WaitForAsync(calls + 1, Cancellation);
        Assert.Equal(calls + 1, marketplace.SearchCalls.Value);
        answer.SetResult();
        Assert.IsType<EbayAnswer.Found>(await Assert.Single(asked));
        await QuotaCluster.UntilAsync(() => cluster.Budgets.All(budget => budget.ClosedUntil is null));
        foreach (var search in cluster.Searches)
            await FindsAsync(search);
    }

    [Fact]
    public async Task A_probe_that_eBay_refuses_makes_the_pause_longer()
    {
        await using var cluster = await StartAsync();
        marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.TooManyRequests, Times = 2 });
        await FailsAsync(cluster.Searches[0]);
        clock.Advance(TimeSpan.FromMinutes(1));
        await FailsAsync(cluster.Searches[1]);
        Assert.Equal(2, marketplace.SearchCalls.Value);
        clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        await NotAskedAsync(cluster.Searches[1]);
        Assert.Equal(2, marketplace.SearchCalls.Value);
        clock.Advance(TimeSpan.FromSeconds(1));
        await FindsAsync(cluster.Searches[2]);
        Assert.Equal(3, marketplace.SearchCalls.Value);
    }

    [Fact]
    public async Task EBays_own_count_is_read_at_the_start_and_hourly_and_holds_when_it_is_lower()
    {
        marketplace.RemainingCalls = 100;
        await using var cluster = await StartAsync();
        Assert.InRange(await cluster.DrainAsync(), 1, 100);
        Assert.Equal(1, marketplace.RateLimitCalls.Value);

        clock.Advance(TimeSpan.FromMinutes(59));
        await cluster.DrainAsync();
        Assert.Equal(1, marketplace.RateLimitCalls.Value);

        marketplace.RemainingCalls = 3;
        clock.SetUtcNow(midnight.AddHours(1));
        Assert.InRange(await cluster.DrainAsync(), 0, 3);
        Assert.Equal(2, marketplace.RateLimitCalls.Value);
    }

    [Theory]
    [InlineData("2027-03-14T08:00Z", 23)]
    [InlineData("2026-11-01T07:00Z", 25)]
    [InlineData("2026-11-02T08:00Z", 24)]
    public async Task A_new_day_of_calls_begins_at_midnight_Pacific_however_long_the_old_one_was(string begin, int hours)
    {
        clock.SetUtcNow(DateTimeOffset.Parse(begin, System.Globalization.CultureInfo.InvariantCulture));
        await using var cluster = await StartAsync();
        var taken = await cluster.DrainAsync();
        clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
        taken += await cluster.DrainAsync();
        Assert.Equal(Budget, taken);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(await cluster.DrainAsync(), 900, Budget);
    }

    static Task<EbayAnswer> AskAsync(EbaySearch search) =>
        search.FindAsync(SearchQuery.Parse("EBAY_US?q=iphone%2013&sort=price"), EbayOrder.Price, page: 0, isUrgent: true, Cancellation);

    static async Task FindsAsync(EbaySearch search) => Assert.IsType<EbayAnswer.Found>(await AskAsync(search));

    static async Task FailsAsync(EbaySearch search) => Assert.IsType<EbayAnswer.Failed>(await AskAsync(search));

    static async Task NotAskedAsync(EbaySearch search) => Assert.IsType<EbayAnswer.NotAsked>(await AskAsync(search));
}
