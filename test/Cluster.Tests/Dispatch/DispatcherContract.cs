using Alerts.Configuration;
using Alerts.Reminders;
using Alerts.Reminders.Spread;
using Alerts.Settings;
using Alerts.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Core.Internal;

namespace Alerts.Cluster.Tests;

/// <summary>Users, their reminders and the dispatchers together, on each store. The window is the shortest: five seconds.</summary>
public abstract class DispatcherContract(SiloFixture silo)
{
    const int Users = 100;
    readonly CancellationTokenSource limit = Deadline();

    [Fact]
    public async Task Reminders_land_on_the_seconds_given_and_survive_the_dispatcher_and_half_of_the_users()
    {
        var services = await silo.ServicesAsync(limit.Token);
        var grains = services.GetRequiredService<IGrainFactory>();
        var users = Enumerable.Range(0, Users).Select(_ => UserId.New()).ToArray();

        await Task.WhenAll(users.Select(user => grains.GetGrain<IUserGrain>(user).EnrolAsync(Settings(user))));

        // The table in the store is the same as the one in memory, and each shard is even.
        var before = await LoadsAsync(services);
        Assert.Equal(Users, before.Sum(load => load.UsersPerSecond.Sum()));
        foreach (var load in before)
            Assert.InRange(load.UsersPerSecond.Max() - load.UsersPerSecond.Min(), 0, 1);

        // A dispatcher that is lost reads from the reminders who has which second.
        var second = await grains.GetGrain<IShardedDispatcherGrain>(ShardOf(services, grains, users[0])).AssignAsync(users[0]);
        for (var shard = 0; shard < before.Length; shard++)
            await grains.GetGrain<IShardedDispatcherGrain>(shard).AsReference<IGrainManagementExtension>().DeactivateOnIdle(limit.Token);
        Assert.Equal(second, await grains.GetGrain<IShardedDispatcherGrain>(ShardOf(services, grains, users[0])).AssignAsync(users[0]));
        Assert.Equal(Users, (await LoadsAsync(services)).Sum(load => load.UsersPerSecond.Sum()));
        Assert.Equal(second, await StoredSecondAsync(services, grains, users[0]));

        // All of a shard's users but those of one second are deleted; the rest is spread again, reminders too.
        var kept = await OfOneSecondAsync(services, grains, users);
        await Task.WhenAll(users.Except(kept).Select(user => grains.GetGrain<IUserGrain>(user).DeleteAsync()));
        while ((await Task.WhenAll(kept.Select(user => StoredSecondAsync(services, grains, user)))).Distinct().Count() < kept.Length)
            limit.Token.ThrowIfCancellationRequested();
        // Who is erased leaves the dispatcher after the last mail.
        int left;
        while ((left = (await LoadsAsync(services)).Sum(load => load.UsersPerSecond.Sum())) > kept.Length)
            limit.Token.ThrowIfCancellationRequested();
        Assert.Equal(kept.Length, left);
    }

    /// <summary>The users of the fullest second of any shard: few enough to have a second each.</summary>
    static async Task<string[]> OfOneSecondAsync(IServiceProvider services, IGrainFactory grains, string[] users)
    {
        var placed = await Task.WhenAll(users.Select(async user =>
            (User: user, Shard: ShardOf(services, grains, user), Second: await StoredSecondAsync(services, grains, user))));
        return [.. placed.GroupBy(one => (one.Shard, one.Second)).MaxBy(group => group.Count())!.Select(one => one.User).Take(new PhaseWindow(Period(services)).Seconds)];
    }

    static async Task<DispatchLoad[]> LoadsAsync(IServiceProvider services)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var shards = (await grains.GetGrain<IShardedDispatcherGrain>(0).GetLoadAsync()).Shards;
        return await Task.WhenAll(Enumerable.Range(0, shards).Select(shard => grains.GetGrain<IShardedDispatcherGrain>(shard).GetLoadAsync()));
    }

    static async Task<int> StoredSecondAsync(IServiceProvider services, IGrainFactory grains, string user)
    {
        var stored = await services.GetRequiredService<IReminderTable>().ReadRow(grains.GetGrain<IUserGrain>(user).GetGrainId(), UserReminder.Name);
        return new PhaseWindow(Period(services)).SecondOf(stored!.StartAt);
    }

    static int ShardOf(IServiceProvider services, IGrainFactory grains, string user) => DispatchShards.ShardOf(
        grains.GetGrain<IUserGrain>(user).GetGrainId().GetUniformHashCode(), services.GetRequiredService<IOptions<DispatchOptions>>().Value.Shards);

    static TimeSpan Period(IServiceProvider services) => services.GetRequiredService<IOptions<AlertsOptions>>().Value.ReminderPeriod;

    static UserSettings Settings(string user) => new()
    {
        Email = $"{user}@example.org",
        FrequencyMinutes = 1440,
        Searches = [new SearchSettings { Id = "s-00000001", Phrase = "iphone 13" }],
    };

    static CancellationTokenSource Deadline()
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        return deadline;
    }
}
