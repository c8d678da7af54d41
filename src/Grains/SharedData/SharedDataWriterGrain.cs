using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Alerts.SharedData;

/// <summary>
/// Writes one shard's stream to the shared database. A delivery is acknowledged when its last row is committed: while one is being
/// written the next ones gather in the stream, so batches grow with the load. A delivery that fails is offered again by the stream.
/// </summary>
[ImplicitStreamSubscription(Streams.Products)]
public sealed partial class SharedDataWriterGrain(
    SharedDataStore store,
    IOptions<SharedDataOptions> options,
    TimeProvider time,
    ILogger<SharedDataWriterGrain> logger)
    : Grain, ISharedDataWriterGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<ProductBatch>, IDisposable
{
    static readonly TimeSpan firstRetry = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan longestRetry = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource deactivating = new();
    long rowsWritten;

    /// <inheritdoc />
    public Task<long> GetRowsWrittenAsync() => Task.FromResult(rowsWritten);

    /// <inheritdoc />
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<ProductBatch>().ResumeAsync(this);

    /// <inheritdoc />
    public async Task OnNextAsync(IList<SequentialItem<ProductBatch>> items)
    {
        var began = time.GetTimestamp();
        foreach (var part in FlushParts.Of(items.Select(item => item.Item), options.Value.FlushRows, options.Value.FlushBytes))
            await WriteAsync(part, began);
    }

    /// <inheritdoc />
    public Task OnCompletedAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFailed(ex);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => deactivating.CancelAsync();

    /// <inheritdoc />
    public void Dispose() => deactivating.Dispose();

    async Task WriteAsync(IReadOnlyList<ProductBatch> part, long began)
    {
        var set = WriteSet.Of(part);
        try
        {
            await RetryAsync(set, began);
        }
        catch (DbException failure) when (!DatabaseFailure.IsTransient(failure))
        {
            // A value the schema cannot hold after all: it alone must not stop the shard, so it is found by halving and left out.
            var rows = part.Sum(batch => batch.Listings.Length);
            if (rows <= 1)
            {
                LogUnwritable(failure);
                return;
            }

            foreach (var half in FlushParts.Of(part, rows / 2, options.Value.FlushBytes))
                await WriteAsync(half, began);
            return;
        }

        rowsWritten += set.Rounds.Sum(round => round.Count);
        if (set.Refused > 0)
            LogRefused(set.Refused);
    }

    async Task RetryAsync(WriteSet set, long began)
    {
        for (var pause = firstRetry; ; pause = pause * 2 < longestRetry ? pause * 2 : longestRetry)
        {
            try
            {
                await store.WriteAsync(set, deactivating.Token);
                return;
            }
            catch (Exception failure) when (DatabaseFailure.IsTransient(failure) && time.GetElapsedTime(began) + pause < options.Value.RetryTime)
            {
                LogRetry(failure, pause);
                await Task.Delay(pause, time, deactivating.Token);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shared database failed; trying again in {Pause}")]
    partial void LogRetry(Exception failure, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} listings do not fit the shared database and were left out")]
    partial void LogRefused(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A listing was left out: the shared database refuses a value of it")]
    partial void LogUnwritable(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The product stream gave up on a delivery; the next searches bring its products again")]
    partial void LogStreamFailed(Exception failure);
}
