using Alerts.SharedData.Products;
using Alerts.SharedData.Retention;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.SharedData;

/// <summary>
/// What a silo does for the shared data as it comes and goes: it sets up retention, and before it stops it waits, while the
/// streams still run, until what was pending in each shard is written.
/// </summary>
public sealed partial class SharedDataLifecycle(
    IGrainFactory grains,
    IOptions<SharedDataOptions> options,
    ILogger<SharedDataLifecycle> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    // Started after, and so stopped before, streams and reminders.
    const int Stage = ServiceLifecycleStage.Active + 1;
    // What is waited for is a real server, whatever time it is in the product.
    static readonly TimeProvider time = TimeProvider.System;
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
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
            await Task.WhenAll(Enumerable.Range(0, options.Value.Shards).Select(DrainAsync)).WaitAsync(options.Value.DrainTime, time, cancellationToken);
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
        // Other silos go on publishing: once as much is written as was pending, all from here is, for a stream keeps its order.
        for (var now = before; now.RowsPending > 0 && now.RowsWritten - before.RowsWritten < before.RowsPending; now = await writer.GetHealthAsync())
        {
            if (time.GetElapsedTime(began) >= options.Value.DrainTime)
                return;
            await Task.Delay(look, time);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Retention of the shared data could not be set up; the next silo to start tries again")]
    partial void LogRetentionNotStarted(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The product stream was not written to its end before the silo stopped ({Failure}); the next searches bring the rest")]
    partial void LogNotDrained(string failure);
}
