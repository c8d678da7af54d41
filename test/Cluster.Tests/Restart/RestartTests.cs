using Alerts.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Alerts.Cluster.Tests;

/// <summary>What a grain keeps through the end of its silo and the start of another.</summary>
public sealed class RestartTests(Servers servers)
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task State_and_reminder_outlive_an_embedded_silo()
    {
        using var folder = new TempFolder();
        await KeepAsync(EmbeddedSilo.Settings(folder));
    }

    [Fact]
    public async Task State_and_reminder_outlive_a_clusters_only_silo() =>
        await KeepAsync(await ClusterSilo.SettingsAsync(servers, TestContext.Current.CancellationToken));

    static async Task KeepAsync(IReadOnlyDictionary<string, string?> settings)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        ReminderEntry before;
        using (var first = await StartAsync(settings, limit.Token))
        {
            var grain = first.Services.GetRequiredService<IGrainFactory>().GetGrain<ITallyGrain>("u-tally");
            Assert.Equal(1, await grain.AddAsync());
            Assert.Equal(2, await grain.AddAsync());
            await grain.RemindAsync(Period);
            before = await ReminderAsync(first, grain, limit.Token);
            await first.StopAsync(limit.Token);
        }

        using var second = await StartAsync(settings, limit.Token);
        var again = second.Services.GetRequiredService<IGrainFactory>().GetGrain<ITallyGrain>("u-tally");
        Assert.Equal(3, await again.AddAsync());
        var after = await ReminderAsync(second, again, limit.Token);
        Assert.Equal((before.StartAt, before.Period, before.ETag), (after.StartAt, after.Period, after.ETag));

        // The phase is kept to the fraction of a second: ticks stay on the grid of the first registration.
        var (key, status) = await second.Services.GetRequiredService<Ticks>().NextAsync(limit.Token);
        Assert.Equal("u-tally", key);
        Assert.Equal(before.StartAt, status.FirstTickTime);
        Assert.Equal(Period, status.Period);
        await second.StopAsync(limit.Token);
    }

    static Task<IHost> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken) =>
        SiloFixture.StartAsync(settings, cancellationToken, services => services.AddSingleton<Ticks>());

    static async Task<ReminderEntry> ReminderAsync(IHost host, ITallyGrain grain, CancellationToken cancellationToken) =>
        Assert.Single((await host.Services.GetRequiredService<IReminderTable>().ReadRows(grain.GetGrainId(), cancellationToken)).Reminders);
}
