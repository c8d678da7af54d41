using System.Collections.Concurrent;
using System.Globalization;
using Alerts.Demo.Marketplace;
using Alerts.Search;
using Alerts.Search.Quota;
using Alerts.Settings;

namespace Alerts.Simulations;

/// <summary>eBay's day of 5,000 calls among 500 searches, through the real grains and the marketplace.</summary>
public sealed class ScarceCallsTests
{
    const int Searches = 500;
    const int Budget = 5_000;

    static readonly TimeSpan day = TimeSpan.FromDays(1);
    static readonly TimeSpan fair = day * Searches / Budget;

    [Fact]
    public async Task The_calls_suffice_for_the_day_are_used_and_divided_fairly()
    {
        await using var simulation = await Simulation.StartAsync(seed: 1, dailyCalls: Budget);
        simulation.Clock.SetUtcNow(QuotaDay.EndOf(simulation.Clock.GetUtcNow()));
        var begin = simulation.Clock.GetUtcNow();
        var polls = new ConcurrentDictionary<string, ConcurrentQueue<DateTimeOffset>>();
        simulation.Marketplace.OnSearch = phrase =>
        {
            polls.GetOrAdd(phrase, _ => new()).Enqueue(simulation.Clock.GetUtcNow());
            return Task.CompletedTask;
        };
        // Some are asked for by one user every twenty minutes, some by many in every window; some never change, some always do.
        var searches = Enumerable.Range(0, Searches).Select(number => (
            Phrase: string.Create(CultureInfo.InvariantCulture, $"thing {number}"),
            Askers: number % 4 == 0 ? 8 : 1,
            Every: number % 4 == 1 ? 10 : 5,
            IsBusy: number % 2 == 0)).ToList();

        // One that eBay never answers costs no more than its share.
        const string Broken = "broken";
        simulation.Marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.ServerError, Phrase = Broken });
        var broken = simulation.Grains.GetGrain<ISearchGrain>(SearchQuery.KeyOf(new SearchSettings { Phrase = Broken }, "en"));

        var step = TimeSpan.FromMinutes(4);
        var price = 100_000m;
        var hasFailed = false;
        for (var number = 0; simulation.Clock.GetUtcNow() < begin + day; number++)
        {
            await Task.WhenAll(searches.Where((search, index) => (number + index) % search.Every == 0).Select(async search =>
            {
                if (search.IsBusy)
                    simulation.Marketplace.Script(search.Phrase, [new("100000000001", search.Phrase, --price)]);
                var grain = simulation.Grains.GetGrain<ISearchGrain>(SearchQuery.KeyOf(new SearchSettings { Phrase = search.Phrase }, "en"));
                for (var asker = 0; asker < search.Askers; asker++)
                    Assert.Null((await grain.GetAsync(1)).Failure);
            }));
            hasFailed |= (await broken.GetAsync(1)).Failure is not null;
            simulation.Clock.Advance(step);
        }

        var calls = polls.Values.Sum(times => times.Count);
        polls.TryRemove(Broken, out var tries);
        var gaps = polls.Values.SelectMany(times => times.Skip(1).Append(begin + day).Zip(times, (next, poll) => next - poll)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{calls:N0} calls, {tries!.Count} of them of a search that fails; longest gap {gaps.Max()}, fair {fair}, {Mean(search => search.Askers > 1):0.00} calls of a watched search, {Mean(search => search.IsBusy):0.00} of a busy, {Mean(search => search is { Askers: 1, IsBusy: false }):0.00} of the others");
        Assert.InRange(calls, (int)(Budget * 0.97), Budget);
        Assert.True(hasFailed);
        Assert.InRange(tries!.Count, 2, (int)(day / fair * 1.5));
        Assert.Equal(Searches, polls.Count);
        Assert.InRange(gaps.Max(), fair, fair * 1.3);
        Assert.True(Mean(search => search.Askers > 1) > Mean(search => search.Askers == 1));
        Assert.True(Mean(search => search.IsBusy) > Mean(search => !search.IsBusy));

        double Mean(Func<(string Phrase, int Askers, int Every, bool IsBusy), bool> isOne) => searches.Where(isOne).Average(search => polls[search.Phrase].Count);
    }
}
