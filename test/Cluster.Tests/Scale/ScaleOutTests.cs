using System.Text.Json;
using Alerts.Configuration;
using Alerts.Reminders;
using Alerts.Reminders.Spread;
using Alerts.Runs;
using Alerts.Settings;
using Alerts.State;
using Alerts.Testing;
using Alerts.Users;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Alerts.Cluster.Tests;

/// <summary>Several silos in this process, on Redis and MariaDB.</summary>
public sealed class ScaleOutTests(Servers servers) : IDisposable
{
    const int Users = 40;
    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_silo_that_joins_takes_over_users_that_are_active_on_another()
    {
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        var settings = await ClusterSilo.SettingsAsync(servers, limit.Token);
        using var first = await SiloFixture.StartAsync(settings, limit.Token);
        var grains = first.Services.GetRequiredService<IGrainFactory>();
        await Task.WhenAll(Enumerable.Range(0, Users).Select(number => grains.GetGrain<IUserGrain>(UserId.New()).EnrolAsync(Settings(number))));
        var here = first.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        Assert.Equal([(here, Users)], await ActiveUsersAsync(grains));

        using var second = await SiloFixture.StartAsync(settings, limit.Token);

        // Its share of the ring's reminders tick there, and that is where the users then are. 30 arcs a silo divide 40 users nearly evenly.
        var there = second.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        while ((await ActiveUsersAsync(grains)).SingleOrDefault(silo => silo.Silo.Equals(there)).Count < Users / 8)
            limit.Token.ThrowIfCancellationRequested();
        await second.StopAsync(limit.Token);
        await first.StopAsync(limit.Token);
    }

    [Fact]
    public async Task Ticks_that_a_silo_did_not_serve_before_it_left_are_made_up_for_by_its_heir()
    {
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        // Much longer than the test may take: no reminder ticks a second time in it.
        var period = TimeSpan.FromMinutes(10);
        var settings = new Dictionary<string, string?>(await ClusterSilo.SettingsAsync(servers, limit.Token)) { ["Alerts:ReminderPeriod"] = period.ToString(), ["Alerts:Confirmation"] = "Off" };
        using var first = await SiloFixture.StartAsync(settings, limit.Token);
        using var firstChecks = new Checks(first);
        var grains = first.Services.GetRequiredService<IGrainFactory>();
        var users = Enumerable.Range(0, Users).Select(_ => grains.GetGrain<IUserGrain>(UserId.New())).ToArray();
        await Task.WhenAll(users.Select((user, number) => user.EnrolAsync(Settings(number) with { FrequencyMinutes = 2 })));
        await firstChecks.WaitAsync(Users, limit.Token);

        // The silo has begun to stop when the ticks come.
        await first.Services.GetRequiredService<RunAdmission>().CloseAsync(limit.Token);
        var soon = new PhaseWindow(period).SecondOf(DateTime.UtcNow.AddSeconds(3));
        await Task.WhenAll(users.Select(user => user.MoveAsync(soon)));
        foreach (var user in users)
            while (await user.WakeAsync())
                limit.Token.ThrowIfCancellationRequested();
        Assert.Equal(0, firstChecks.Unread);

        // The heir gains a part of the ring when it joins, whose users are still with the first, and the rest when that leaves.
        using var second = await SiloFixture.StartAsync(settings, limit.Token);
        using var secondChecks = new Checks(second);
        await first.StopAsync(limit.Token);

        await secondChecks.WaitAsync(Users, limit.Token);
        Assert.Equal(0, secondChecks.Unread);
        await second.StopAsync(limit.Token);
    }

    [Fact]
    public async Task A_users_state_can_be_taken_along_to_another_silo()
    {
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var folder = new TempFolder();
        using var silo = await SiloFixture.StartAsync(EmbeddedSilo.Settings(folder), limit.Token);
        var serializer = silo.Services.GetRequiredService<Serializer>();
        var record = new UserRecord { User = Lifecycle.Enrolled("u-1", Settings(1), ConfirmationMode.Required, DateTimeOffset.UnixEpoch) };

        var arrived = serializer.Deserialize<UserRecord>(serializer.SerializeToArray(record));

        Assert.Equal(JsonSerializer.Serialize(record), JsonSerializer.Serialize(arrived));
        Assert.Single(arrived!.User!.Notices);
        await silo.StopAsync(limit.Token);
    }

    [Fact]
    public async Task Twenty_thousand_users_at_once_are_spread_evenly_by_the_dispatchers_of_two_silos()
    {
        const int Burst = 20_000;
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        var settings = new Dictionary<string, string?>(await ClusterSilo.SettingsAsync(servers, limit.Token)) { ["Alerts:ReminderPeriod"] = "00:02:00" };
        using var first = await SiloFixture.StartAsync(settings, limit.Token);
        using var second = await SiloFixture.StartAsync(settings, limit.Token);
        var wakeUp = first.Services.GetRequiredService<UserReminder>();
        var grains = first.Services.GetRequiredService<IGrainFactory>();

        var users = Enumerable.Range(0, Burst).Select(_ => grains.GetGrain<IUserGrain>(UserId.New()).GetGrainId()).ToArray();
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = limit.Token }, async (user, _) => await wakeUp.AssignAsync(user));

        Assert.InRange(await FullestAsync(grains), 1, 1.2 * Burst / 120);
        // Both silos have dispatchers: what was seen is the work of several.
        var placed = await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(limit.Token);
        Assert.Equal(2, placed.Count(kind => kind.GrainType.Contains("ShardedDispatcherGrain", StringComparison.Ordinal) && kind.ActivationCount > 0));
        await second.StopAsync(limit.Token);
        await first.StopAsync(limit.Token);
    }

    public void Dispose() => limit.Dispose();

    async Task<(SiloAddress Silo, int Count)[]> ActiveUsersAsync(IGrainFactory grains) =>
        [.. (await grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(limit.Token))
            .Where(kind => kind.GrainType.Contains("UserGrain", StringComparison.Ordinal))
            .Select(kind => (kind.SiloAddress, kind.ActivationCount))];

    /// <summary>The most users that are woken in one second of the window, all shards together.</summary>
    static async Task<int> FullestAsync(IGrainFactory grains)
    {
        var shards = (await grains.GetGrain<IShardedDispatcherGrain>(0).GetLoadAsync()).Shards;
        var loads = await Task.WhenAll(Enumerable.Range(0, shards).Select(shard => grains.GetGrain<IShardedDispatcherGrain>(shard).GetLoadAsync()));
        return Enumerable.Range(0, 120).Max(second => loads.Sum(load => load.UsersPerSecond[second]));
    }

    static UserSettings Settings(int number) => new()
    {
        Email = $"user{number}@example.org",
        FrequencyMinutes = 1440,
        Searches = [new SearchSettings { Id = "s-00000001", Phrase = "iphone 13" }],
    };
}
