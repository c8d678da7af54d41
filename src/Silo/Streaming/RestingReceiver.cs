using Orleans.Streams;

namespace Alerts.Silo.Streaming;

/// <summary>
/// Polls its queue, which may be on another silo. After events it polls at once. After each empty answer it doubles the pause, up to two
/// seconds. An event of another silo's producer may be that late.
/// </summary>
public sealed class RestingReceiver(IQueueAdapterReceiver queue, TimeProvider clock) : IQueueAdapterReceiver
{
    /// <summary>The longest pause before an empty queue is polled again.</summary>
    public static readonly TimeSpan MaxRest = TimeSpan.FromSeconds(2);

    static readonly TimeSpan firstRest = TimeSpan.FromMilliseconds(100);
    static readonly IList<IBatchContainer> nothing = Array.Empty<IBatchContainer>();

    TimeSpan rest;
    long restsSince;
    volatile bool isWoken = true;

    /// <summary>Called when there may be events.</summary>
    public void Wake() => isWoken = true;

    public Task Initialize(TimeSpan timeout) => Initialize(timeout, CancellationToken.None);

    public Task Initialize(TimeSpan timeout, CancellationToken cancellationToken) => queue.Initialize(timeout, cancellationToken);

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        if (!isWoken && clock.GetElapsedTime(restsSince) < rest)
            return nothing;
        if (isWoken)
            rest = TimeSpan.Zero;
        isWoken = false;
        var events = await queue.GetQueueMessagesAsync(maxCount, cancellationToken);
        rest = events is { Count: > 0 } ? TimeSpan.Zero
            : rest == TimeSpan.Zero ? firstRest
            : rest * 2 < MaxRest ? rest * 2 : MaxRest;
        restsSince = clock.GetTimestamp();
        return events;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => MessagesDeliveredAsync(messages, CancellationToken.None);

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken) =>
        queue.MessagesDeliveredAsync(messages, cancellationToken);

    public Task Shutdown(TimeSpan timeout) => Shutdown(timeout, CancellationToken.None);

    public Task Shutdown(TimeSpan timeout, CancellationToken cancellationToken) => queue.Shutdown(timeout, cancellationToken);
}
