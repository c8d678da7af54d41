using Alerts.SharedData.Products;
using Alerts.SharedData.Retention;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.SharedData;

/// <summary>
/// Starts and stops a silo's work for the shared data. At start it sets up retention. Before the silo stops, while the streams still run,
/// it waits until the pending rows of each shard are written.
/// </summary>
public sealed partial class SharedDataLifecycle(
    IGrainFactory grains,
    IOptions<SharedDataOptions> options,
    ILogger<SharedDataLifecycle> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    // Starts after streams and reminders, and so stops before them.
    const int Stage = ServiceLifecycleStage.Active + 1;
    // The machine's clock: it measures waits for a real server, also while the product runs on another clock.
    static readonly TimeProvider time = TimeProvider.System;
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(50);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(SharedDataLifecycle), Stage, StartAsync, DrainAsync);

    async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IRetentionGrain>(IRetentionGrain.Key).StartAsync().WaitAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            // The reminder is durable: it is missing only if no silo ever managed to set it up.
            LogRetentionNotStarted(failure);
        }
    }

    async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, options.Value.Shards).Select(DrainAsync))
                .WaitAsync(options.Value.DrainTime, time, cancellationToken);
        }
        catch (Exception failure)
        {
            LogNotDrained(failure.GetType().Name);
        }
    }

    async Task DrainAsync(int shard)
    {
        var writer = grains.GetGrain<ISharedDataWriterGrain>(ProductShards.KeyOf(shard));
        var began = time.GetTimestamp();
        var before = await writer.GetHealthAsync();
        // Other silos go on publishing. A stream keeps its order, so once as many rows are written as were pending, all rows of this silo
        // are.
        for (var now = before; now.RowsPending > 0
            && now.RowsWritten - before.RowsWritten < before.RowsPending; now = await writer.GetHealthAsync())
        {
            if (time.GetElapsedTime(began) >= options.Value.DrainTime)
                return;
            await Task.Delay(look, time);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Retention of the shared data could not be set up; the next silo to start tries again")]
    partial void LogRetentionNotStarted(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The product stream was not written to its end before the silo stopped ({Failure}); the next searches bring the rest")]
    partial void LogNotDrained(string failure);
}
