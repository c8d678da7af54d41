using Alerts.Sql;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Alerts.SharedData.Subscriptions;

/// <summary>Writes users' queries to the shared database, and acknowledges after the commit.</summary>
[ImplicitStreamSubscription(Streams.Settings)]
public sealed partial class SubscriptionWriterGrain(
    SubscriptionStore store,
    SqlDialect dialect,
    SharedDataMetrics metrics,
    IOptions<SharedDataOptions> options,
    ILogger<SubscriptionWriterGrain> logger)
    : Grain, ISubscriptionWriterGrain, IStreamSubscriptionObserver, IAsyncBatchObserver<WatchedQueries>
{
    const int UsersPerTransaction = 100;
    readonly DatabaseRetry retry = new(options.Value, dialect, metrics, TimeProvider.System, logger);

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<WatchedQueries>().ResumeAsync(this);

    public async Task OnNextAsync(IList<SequentialItem<WatchedQueries>> items)
    {
        var began = retry.Begin();
        foreach (var part in items.Select(item => item.Item).Chunk(UsersPerTransaction))
        {
            await Halving.WriteAsync(
                part,
                users => retry.RunAsync(() => store.WriteAsync(users, CancellationToken.None), began),
                dialect.Refuses,
                (user, fault) => LogUnwritable(fault, user.UserId));
            metrics.Published(part.Length);
        }
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFailed(ex);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        retry.Stop();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The queries of {UserId} were left out: the shared database refuses a value of it")]
    partial void LogUnwritable(Exception fault, string userId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The settings stream gave up on a delivery; the users publish their queries again")]
    partial void LogStreamFailed(Exception fault);
}
