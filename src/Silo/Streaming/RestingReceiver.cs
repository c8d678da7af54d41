using Orleans.Streams;

namespace Alerts.Silo.Streaming;

/// <summary>
/// Asks its queue, which may be on another silo, at once after events came, and after each empty answer only when twice the time has passed,
/// up to two seconds. That is how late an event of another silo's producer may be.
/// </summary>
public sealed class RestingReceiver(IQueueAdapterReceiver queue, TimeProvider clock) : IQueueAdapterReceiver
{
    /// <summary>The longest time for which an empty queue is not asked.</summary>
    public static readonly TimeSpan MaxRest = TimeSpan.FromSeconds(2);

    static readonly TimeSpan firstRest = TimeSpan.FromMilliseconds(100);
    static readonly IList<IBatchContainer> nothing = Array.Empty<IBatchContainer>();

    TimeSpan rest;
    long restsSince;
    volatile bool isWoken = true;

    /// <summary>Events may have come.</summary>
    public void Wake() => isWoken = true;

    /// <inheritdoc/>
    public Task Initialize(TimeSpan timeout) => Initialize(timeout, CancellationToken.None);

    /// <inheritdoc/>
    public Task Initialize(TimeSpan timeout, CancellationToken cancellationToken) => queue.Initialize(timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => MessagesDeliveredAsync(messages, CancellationToken.None);

    /// <inheritdoc/>
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken) =>
        queue.MessagesDeliveredAsync(messages, cancellationToken);

    /// <inheritdoc/>
    public Task Shutdown(TimeSpan timeout) => Shutdown(timeout, CancellationToken.None);

    /// <inheritdoc/>
    public Task Shutdown(TimeSpan timeout, CancellationToken cancellationToken) => queue.Shutdown(timeout, cancellationToken);
}
