using System.Data.Common;
using Alerts.Cluster.Tests;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using Alerts.SharedData.Retention;
using Alerts.SharedData.Subscriptions;
using Alerts.Silo.Databases.Sqlite;
using Alerts.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Core.Internal;

namespace Alerts.Tests.SharedData;

/// <summary>A silo as the product hosts it, with what the tests of its shared data need.</summary>
public sealed class SharedDataOfASilo : IAsyncDisposable
{
    readonly IHost host;

    SharedDataOfASilo(IHost host)
    {
        this.host = host;
        Written = new(host.Services, "alerts.shared_data.rows");
        Told = new(host.Services, "alerts.shared_data.told");
        Failures = new(host.Services, "alerts.shared_data.failures");
    }

    /// <summary>How searches hand over what they found.</summary>
    public ProductStream Products => host.Services.GetRequiredService<ProductStream>();

    /// <summary>How users tell what they watch.</summary>
    public SettingsStream Settings => host.Services.GetRequiredService<SettingsStream>();

    /// <summary>The listings written.</summary>
    public Heard Written { get; }

    /// <summary>The events of what users watch that were written.</summary>
    public Heard Told { get; }

    /// <summary>The attempts that failed.</summary>
    public Heard Failures { get; }

    /// <summary>The silo's grains.</summary>
    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The reminder of retention as it is stored.</summary>
    public Task<ReminderEntry?> RetentionReminderAsync() =>
        host.Services.GetRequiredService<IReminderTable>().ReadRow(Grains.GetGrain<IRetentionGrain>(IRetentionGrain.Key).GetGrainId(), "retention");

    /// <summary>Starts a silo.</summary>
    public static async Task<SharedDataOfASilo> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken) =>
        new(await SiloFixture.StartAsync(settings, cancellationToken));

    /// <summary>The rows of the silo's shared database.</summary>
    public async Task<string[]> RowsAsync(string sql)
    {
        var database = new SharedDatabase(host.Services.GetRequiredKeyedService<DbDataSource>(DatabaseKeys.Shared), SqliteDialect.Instance);
        return await database.RowsAsync(sql);
    }

    /// <summary>Puts the next searches of a marketplace on the stream; all must be admitted.</summary>
    public async Task PublishAsync(Marketplace marketplace, int searches)
    {
        for (var search = 0; search < searches; search++)
        {
            var (query, found) = marketplace.Next();
            Assert.True(await Products.PublishAsync(query, found));
        }
    }

    /// <summary>The health of all shards.</summary>
    public Task<SharedDataHealth[]> HealthAsync() =>
        Task.WhenAll(Enumerable.Range(0, 4).Select(shard => Grains.GetGrain<ISharedDataWriterGrain>(ProductShards.KeyOf(shard)).GetHealthAsync()));

    /// <summary>Deactivates the writers once their calls under way have ended.</summary>
    public async Task DeactivateWritersAsync()
    {
        for (var shard = 0; shard < 4; shard++)
            await Grains.GetGrain<ISharedDataWriterGrain>(ProductShards.KeyOf(shard)).AsReference<IGrainManagementExtension>().DeactivateOnIdle();
    }

    /// <summary>Stops the silo gracefully.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Written.Dispose();
        Told.Dispose();
        Failures.Dispose();
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
