using System.Diagnostics.Metrics;
using System.Globalization;
using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Search;
using Alerts.Search.Ebay;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace Alerts.Tests.Search;

/// <summary>Silos that share eBay's calls, under one fake clock, with the demo's marketplace. Stopped they say no goodbye: as far as calls go, it is a kill.</summary>
sealed class QuotaCluster : IAsyncDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    readonly InProcessTestCluster cluster;

    QuotaCluster(InProcessTestCluster cluster) => this.cluster = cluster;

    /// <summary>The budgets of the silos.</summary>
    public IReadOnlyList<CallBudget> Budgets => [.. cluster.Silos.Select(silo => cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<CallBudget>())];

    /// <summary>The eBay clients of the silos.</summary>
    public IReadOnlyList<EbaySearch> Searches => [.. cluster.Silos.Select(silo => cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<EbaySearch>())];

    /// <summary>The silos' replicas of answers.</summary>
    public IReadOnlyList<AnswerCache> Replicas => [.. cluster.Silos.Select(silo => cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<AnswerCache>())];

    /// <summary>A silo's factory of meters, by which its measurements are told from other tests'.</summary>
    public IMeterFactory Meters => cluster.GetSiloServiceProvider(cluster.Silos[0].SiloAddress).GetRequiredService<IMeterFactory>();

    /// <summary>The grains.</summary>
    public IGrainFactory Grains => cluster.Client;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<QuotaCluster> StartAsync(MarketplaceServer marketplace, FakeTimeProvider clock, SharedStorage storage, int budget, short silos = 3, TimeSpan? period = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureHost(host =>
        {
            host.Logging.SetMinimumLevel(LogLevel.None);
            host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Alerts:Ebay:BaseUrl"] = marketplace.BaseUrl.ToString(),
                ["Alerts:Ebay:ClientId"] = "demo-client",
                ["Alerts:Ebay:ClientSecret"] = "demo-secret",
                ["Alerts:Ebay:DailyCallBudget"] = budget.ToString(CultureInfo.InvariantCulture),
                ["Alerts:Ebay:Retries"] = "0",
                ["Alerts:Ebay:SnapshotMegabytes"] = "1",
                ["Alerts:ReminderPeriod"] = (period ?? AlertsOptions.StandardReminderPeriod).ToString(),
            });
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSettings<AlertsOptions>(AlertsOptions.Section);
            silo.Services.AddAlertsSearch().AddSingleton<ProductStream>().AddSingleton<TimeProvider>(clock);
            silo.AddMemoryStreams(Streams.Provider, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly)); // what is found goes no further: here are no writers of the shared data
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddGrainStorage("Default", (_, _) => storage);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new QuotaCluster(cluster);
    }

    /// <summary>Every silo takes calls from many sides until it gets none; returns how many there were.</summary>
    public async Task<int> DrainAsync()
    {
        var taken = 0;
        await Task.WhenAll(Budgets.SelectMany(budget => Enumerable.Range(0, 16).Select(taker => Task.Run(async () =>
        {
            while (await budget.TryTakeAsync(isUrgent: taker % 4 == 0))
                Interlocked.Increment(ref taken);
        }))));
        return taken;
    }

    /// <summary>Deactivates every grain that is idle and does not ask to be kept, as Orleans does in time.</summary>
    public Task CollectAsync() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    /// <summary>What one silo tells the others arrives soon, not at once.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(patience);
        while (!isSo())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A silo leaves the cluster.</summary>
    public Task LeaveAsync(int silo) => cluster.StopSiloAsync(cluster.Silos[silo]);

    public async ValueTask DisposeAsync() => await cluster.DisposeAsync();
}
