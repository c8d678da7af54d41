using Alerts.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Alerts.SharedData.Products;

/// <summary>
/// Writes one shard's stream to the shared database. A delivery is acknowledged when its last row is committed. Meanwhile the next ones
/// collect in the stream, so batches grow with the load. The stream offers a failed delivery again.
/// </summary>
[ImplicitStreamSubscription(Streams.Products)]
public sealed partial class SharedDataWriterGrain(
    SharedDataStore store,
    SqlDialect dialect,
    SharedDataMetrics metrics,
    IOptions<SharedDataOptions> options,
    TimeProvider clock,
    ILogger<SharedDataWriterGrain> logger)
    : Grain, ISharedDataWriterGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<ProductBatch>
{
    readonly PendingRows pending = new(options.Value.PendingRows, options.Value.PendingBytes);
    readonly DatabaseRetry retry = new(options.Value, dialect, metrics, TimeProvider.System, logger);
    bool isWriting;
    long rowsWritten;
    long batchesRefused;
    TimeSpan? lag;

    public Task<bool> AdmitAsync(int rows, long bytes)
    {
        var admitted = pending.TryAdmit(rows, bytes, clock.GetUtcNow(), isWriting);
        if (!admitted && batchesRefused++ == 0)
            LogFull(pending.Rows);
        return Task.FromResult(admitted);
    }

    public Task<SharedDataHealth> GetHealthAsync() => Task.FromResult(new SharedDataHealth
    {
        RowsWritten = rowsWritten,
        RowsPending = pending.Rows,
        LastWrite = retry.LastSuccess,
        FailingSince = retry.FailingSince,
        BatchesRefused = batchesRefused,
        Lag = lag,
    });

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<ProductBatch>().ResumeAsync(this);

    public async Task OnNextAsync(IList<SequentialItem<ProductBatch>> items)
    {
        isWriting = true;
        try
        {
            var began = retry.Begin();
            foreach (var part in FlushParts.Of(items.Select(item => item.Item), options.Value.FlushRows, options.Value.FlushBytes))
                await WriteAsync(part, began);
            var listings = items.Sum(item => item.Item.Listings.Length);
            rowsWritten += listings;
            lag = clock.GetUtcNow() - items.Min(item => item.Item.ObservedAt);
            metrics.Written(listings, lag.Value);
            pending.Settle(items.Sum(item => BatchSize.RowsOf(item.Item)), items.Sum(item => BatchSize.BytesOf(item.Item)),
                clock.GetUtcNow());
        }
        finally
        {
            isWriting = false;
        }
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFailed(ex);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A running delivery is committed before the grain leaves, unless the database fails; then the stream offers it to the next
    /// activation.
    /// </summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        retry.Stop();
        return Task.CompletedTask;
    }

    /// <summary>A value that the schema cannot hold must not stop the shard: halving finds its listing, which is left out.</summary>
    Task WriteAsync(IReadOnlyList<ProductBatch> part, long began) => Halving.WriteAsync(
        part,
        async batches =>
        {
            var set = WriteSet.Of(batches);
            var start = clock.GetTimestamp();
            await retry.RunAsync(() => store.WriteAsync(set, CancellationToken.None), began);
            metrics.Flushed(clock.GetElapsedTime(start));
            if (set.Refused > 0)
                LogRefused(set.Refused);
        },
        batches => FlushParts.Of(batches, Math.Max(1, batches.Sum(BatchSize.RowsOf) / 2), options.Value.FlushBytes),
        dialect.Refuses,
        (_, fault) => LogUnwritable(fault));

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} listings do not fit the shared database and were left out")]
    partial void LogRefused(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A listing was left out: the shared database refuses a value of it")]
    partial void LogUnwritable(Exception fault);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Rows} listings wait for the shared database; further ones are dropped, and later searches bring them again")]
    partial void LogFull(int rows);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The product stream gave up on a delivery; the next searches bring its products again")]
    partial void LogStreamFailed(Exception fault);
}
