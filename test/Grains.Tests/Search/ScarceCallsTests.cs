using Alerts.Demo.Marketplace;
using Alerts.Search;
using Alerts.Search.Quota;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Search;

/// <summary>Days with far fewer calls than searches want, with the real grains, lease and marketplace.</summary>
public sealed class ScarceCallsTests : IAsyncDisposable
{
    /// <summary>Midnight in California, summer time.</summary>
    static readonly DateTimeOffset midnight = new(2026, 7, 1, 7, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider clock = new(midnight);
    MarketplaceServer? marketplace;
    QuotaCluster? cluster;

    MarketplaceServer Marketplace => marketplace!;

    CallBudget Budget => cluster!.Budgets[0];

    async Task StartAsync(int calls, TimeSpan? period = null)
    {
        marketplace = await MarketplaceServer.StartAsync(new MarketplaceOptions { DailyCallLimit = calls, ListingsPerQuery = 1 }, clock);
        cluster = await QuotaCluster.StartAsync(marketplace, clock, new SharedStorage(), calls, silos: 1, period);
    }

    ISearchGrain Search(string phrase) => cluster!.Grains.GetGrain<ISearchGrain>($"EBAY_US?q={phrase}&sort=price");

    /// <summary>Searches of nobody here, that share the calls.</summary>
    void Others(int count)
    {
        for (var i = 0; i < count; i++)
            Budget.Report($"EBAY_US?q=other{i}&sort=price", PollPlan.New(TimeSpan.FromMinutes(2)).Asked(clock.GetUtcNow()));
    }

    async Task SpendAsync()
    {
        while (await Budget.TryTakeAsync(isUrgent: true))
        {
        }
    }

    [Theory]
    [InlineData(40, 40, 6, 1)]
    [InlineData(120, 40, 9, 1)]
    [InlineData(60, 6, 40, 2)]
    [InlineData(200, 2, 250, 12)]
    public async Task At_any_number_of_times_the_days_calls_none_starves(int searches, int calls, int days, int hours)
    {
        await StartAsync(calls, period: TimeSpan.FromHours(1));
        var step = TimeSpan.FromHours(hours);
        var versions = new long[searches];
        var answers = Enumerable.Range(0, searches).Select(_ => new List<DateTimeOffset>()).ToArray();
        for (var tick = 0; tick < days * 24 / hours; tick++)
        {
            for (var i = 0; i < searches; i++)
            {
                clock.SetUtcNow(midnight + tick * step + i * step / searches);
                var answer = await Search($"thing{i}").GetAsync(versions[i]);
                Assert.Null(answer.Failure);
                versions[i] = answer.Snapshot?.Version ?? versions[i];
                if (answer.FetchedAt is { } at && at != answers[i].LastOrDefault())
                    answers[i].Add(at);
            }
        }

        // The first round begins when the searches do, each at its own place; the mean of a round is what the calls allow.
        var mean = TimeSpan.FromDays((double)searches / calls);
        Assert.All(answers, times => Assert.InRange(times.Count, (int)(days / (1.3 * mean.TotalDays)) - 1, int.MaxValue));
        var gaps = answers.SelectMany(times => times.Skip(2).Zip(times.Skip(1), (later, earlier) => later - earlier)).ToList();
        Assert.InRange(gaps.Max(), mean * 0.9, mean * 1.3 + step);
        Assert.InRange(Marketplace.SearchCalls.Value, (long)(calls * days * 0.9), calls * days);
    }

    [Fact]
    public async Task Who_wants_everything_listed_gets_no_more_calls_than_who_wants_news()
    {
        await StartAsync(calls: 100);
        string[] news = ["news0", "news1", "news2"], every = ["every0", "every1", "every2"];
        var versions = new Dictionary<string, long>();
        for (var minute = 0; minute < 3 * 24 * 60; minute += 10)
        {
            Others(300);
            foreach (var phrase in news)
                versions[phrase] = (await Search(phrase).GetAsync(versions.GetValueOrDefault(phrase))).Snapshot?.Version ?? versions.GetValueOrDefault(phrase);
            foreach (var phrase in every)
                await Search(phrase).GetAsync(0);
            clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.InRange(every.Sum(Marketplace.SearchCallsFor), 1, (news.Sum(Marketplace.SearchCallsFor) * 1.5) + 1);
    }

    [Fact]
    public async Task While_nothing_is_left_nobody_asks_again_and_the_answer_says_until_when()
    {
        await StartAsync(calls: 1);
        await SpendAsync();
        for (var window = 0; window < 30; window++)
        {
            var answer = await Search("never").GetAsync(0, isWaitedFor: true);
            Assert.Equal(("Today's calls to eBay are used up.", true), (answer.Failure, answer.IsUnaffordable));
            Assert.Equal(midnight.AddDays(1), answer.NextFetch);
            clock.Advance(TimeSpan.FromMinutes(2));
        }

        clock.SetUtcNow(midnight.AddDays(1));
        Assert.NotNull((await Search("never").GetAsync(0, isWaitedFor: true)).Snapshot);
    }

    [Fact]
    public async Task A_search_that_waits_for_its_turn_has_no_failure()
    {
        await StartAsync(calls: 10);
        Others(1_000);
        await Budget.RefreshAsync();
        var answer = await Search("waiting").GetAsync(0);
        Assert.Equal((null, null), (answer.Failure, answer.Snapshot));
        Assert.True(answer.NextFetch > midnight);
        Assert.NotNull(answer.IntervalReason);
    }

    [Fact]
    public async Task One_user_with_150_searches_gets_the_calls_of_one_user()
    {
        await StartAsync(calls: 400);
        const int users = 50, own = 150;
        var step = TimeSpan.FromMinutes(20);
        for (var tick = 0; tick < 3 * 72; tick++)
        {
            for (var user = 0; user < users; user++)
                await Search($"one{user}").GetAsync(1);
            for (var i = 0; i < own; i++)
                await Search($"many{i}").GetAsync(1, parts: 1.0 / own);
            clock.Advance(step);
        }

        var many = Enumerable.Range(0, own).Sum(i => Marketplace.SearchCallsFor($"many{i}"));
        var others = Enumerable.Range(0, users).Select(user => Marketplace.SearchCallsFor($"one{user}")).ToList();
        // 1,200 calls in three days, 51 users: 23 or 24 a user. Without parts the 150 searches took 900 of them.
        Assert.All(others, calls => Assert.InRange(calls, 17, 32));
        Assert.InRange(many, 5, 60);
    }

    [Fact]
    public async Task Spare_calls_go_round()
    {
        await StartAsync(calls: 5_000);
        for (var tick = 0; tick < 72; tick++)
        {
            await Search("one").GetAsync(1);
            for (var i = 0; i < 50; i++)
                await Search($"many{i}").GetAsync(1, parts: 1.0 / 50);
            clock.Advance(TimeSpan.FromMinutes(20));
        }

        // All but perhaps the first, when the silo did not yet know how many they are.
        Assert.InRange(Marketplace.SearchCallsFor("one"), 71, 72);
        Assert.All(Enumerable.Range(0, 50), i => Assert.InRange(Marketplace.SearchCallsFor($"many{i}"), 71, 72));
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        if (marketplace is not null)
            await marketplace.DisposeAsync();
    }
}
