using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.Simulations;

/// <summary>Ticks at awkward moments.</summary>
public sealed class TicksTests
{
    const string Ann = "u-0123456789abcdef0123456789abcdef";

    static readonly TimeSpan period = AlertsOptions.StandardReminderPeriod;

    [Fact]
    public async Task A_tick_in_the_very_instant_a_check_ends_is_served()
    {
        await using var simulation = await Simulation.StartAsync(seed: 1);
        await EnrolAsync(simulation);
        Task? second = null;
        simulation.OnWorkEnd = () => second ??= Task.Run(() => simulation.TickAsync(period, [Ann]));

        await simulation.StepAsync(period, [Ann]);
        await second!;
        await simulation.StepAsync(TimeSpan.Zero, []);

        Assert.Equal(3, simulation.Marketplace.SearchCalls.Value);
    }

    [Fact]
    public async Task A_tick_while_a_check_waits_for_eBay_is_made_up_for_when_it_ends()
    {
        await using var simulation = await Simulation.StartAsync(seed: 1);
        await EnrolAsync(simulation);
        var answer = new TaskCompletionSource();
        simulation.Marketplace.OnSearch = _ => answer.Task;
        await simulation.TickAsync(period, [Ann]);
        await simulation.Marketplace.SearchCalls.WaitForAsync(2, simulation.Cancellation);
        await simulation.TickAsync(period, [Ann]);
        await simulation.TickAsync(period, [Ann]);
        answer.SetResult();
        await simulation.StepAsync(TimeSpan.Zero, []);

        // One check makes up for both, and by the search's window it has its answer already.
        var user = await simulation.Grains.GetGrain<IUserGrain>(Ann).GetAsync();
        Assert.True(user!.NextRun > simulation.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Doubled_ticks_and_missed_ones_are_one_check()
    {
        await using var simulation = await Simulation.StartAsync(seed: 1);
        await EnrolAsync(simulation);
        await simulation.StepAsync(period * 7, [Ann, Ann, Ann]);
        await simulation.StepAsync(TimeSpan.FromSeconds(5), [Ann, Ann]);
        Assert.Equal(2, simulation.Marketplace.SearchCalls.Value);
    }

    static Task EnrolAsync(Simulation simulation)
    {
        simulation.Marketplace.Script("thing", [new ListingSpec("100000000001", "Thing 1", 10)]);
        return simulation.EnrolAsync(Ann, new UserSettings { Email = "ann@example.org", FrequencyMinutes = 2, Searches = [new SearchSettings { Id = "s-00000001", Phrase = "thing" }] });
    }
}
