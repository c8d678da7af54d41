using Alerts.SharedData.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Alerts.SharedData.Subscriptions;

/// <summary>Writes what users watch into the shared database, acknowledging after the commit.</summary>
[ImplicitStreamSubscription(Streams.Settings)]
public sealed partial class SubscriptionWriterGrain(
    SubscriptionStore store,
    SharedDataMetrics metrics,
    IOptions<SharedDataOptions> options,
    ILogger<SubscriptionWriterGrain> logger)
    : Grain, ISubscriptionWriterGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<WatchedQueries>
{
    const int UsersPerTransaction = 100;
    readonly DatabaseRetry retry = new(options.Value, metrics, TimeProvider.System, logger);

    /// <inheritdoc />
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<WatchedQueries>().ResumeAsync(this);

    /// <inheritdoc />
    public async Task OnNextAsync(IList<SequentialItem<WatchedQueries>> items)
    {
        var delivery = retry.Begin();
        foreach (var part in items.Select(item => item.Item).Chunk(UsersPerTransaction))
        {
            await delivery.RunAsync(() => store.WriteAsync(part, CancellationToken.None));
            metrics.Told(part.Length);
        }
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
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        retry.Stop();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The settings stream gave up on a delivery; the users tell again what they watch")]
    partial void LogStreamFailed(Exception failure);
}
