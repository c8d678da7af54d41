using Alerts.Demo.Marketplace;
using Alerts.Runs;
using Alerts.Search;
using Alerts.State;
using Alerts.Tests.Search;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

public sealed class UserSearchesTests : IAsyncDisposable
{
    readonly FakeTimeProvider clock = new(new(2026, 7, 1, 7, 0, 0, TimeSpan.Zero));
    MarketplaceServer? marketplace;
    QuotaCluster? cluster;
    RunAdmission? admission;

    async Task<UserSearches> StartAsync(int calls)
    {
        marketplace = await MarketplaceServer.StartAsync(new MarketplaceOptions { DailyCallLimit = calls, ListingsPerQuery = 1 }, clock);
        cluster = await QuotaCluster.StartAsync(marketplace, clock, new SharedStorage(), calls, silos: 1);
        admission = new RunAdmission(Options.Create(new RunOptions()), clock);
        return new UserSearches(cluster.Replicas[0], admission, new InterruptedRuns(), clock, NullLogger<UserSearches>.Instance);
    }

    static UserState Watching(params string[] phrases) => User(Choosing([.. phrases.Select((phrase, index) => SearchFor(phrase, $"s-{index:x8}"))]));

    [Fact]
    public async Task A_search_that_throws_loses_nothing_of_the_users_other_searches()
    {
        var searches = await StartAsync(calls: 1_000);
        var answers = await searches.AskAsync(AnnId, Watching("one", "broken", "two"), ["EBAY_US?q=one&sort=price", "no query", "EBAY_US?q=two&sort=price"]);
        Assert.Equal([false, true, false], answers.Select(answer => answer.Failure is not null));
        Assert.Equal([true, false, true], answers.Select(answer => answer.Snapshot is not null));
    }

    [Fact]
    public async Task That_no_call_is_left_is_no_fault_of_eBays_and_admits_no_fewer_runs()
    {
        var searches = await StartAsync(calls: 1);
        while (await cluster!.Budgets[0].TryTakeAsync(isUrgent: true))
        {
        }

        var before = admission!.Checks.Limit;
        for (var i = 0; i < 200; i++)
            Assert.True(Assert.Single(await searches.AskAsync(AnnId, Watching($"thing{i}"), [$"EBAY_US?q=thing{i}&sort=price"])).IsUnaffordable);
        Assert.InRange(admission.Checks.Limit, before, int.MaxValue);
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        if (marketplace is not null)
            await marketplace.DisposeAsync();
    }
}
