using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Alerts.Silo.Streaming;

/// <summary>
/// Orleans' memory streams with two limits. Their own cache keeps events for half an hour, delivered or not; this one drops what was
/// delivered, and while a consumer is slow it takes nothing more from the queue, which refuses producers when it is full (16,384 events).
/// Their own agents ask each queue ten times a second for ever; here a queue that is empty is asked less and less often.
/// </summary>
public sealed class BoundedMemoryStreams : IQueueAdapterFactory
{
    /// <summary>At most this many events of a queue are taken but not delivered; a tenth of them is taken at once.</summary>
    public const int CacheSize = 2_560;

    readonly IQueueAdapterFactory memory;
    readonly SimpleQueueAdapterCache cache;
    readonly TimeProvider clock;

    BoundedMemoryStreams(IQueueAdapterFactory memory, SimpleQueueAdapterCache cache, TimeProvider clock) =>
        (this.memory, this.cache, this.clock) = (memory, cache, clock);

    public static IQueueAdapterFactory Create(IServiceProvider services, string name) => new BoundedMemoryStreams(
        MemoryAdapterFactory<DefaultMemoryMessageBodySerializer>.Create(services, name),
        new(new SimpleQueueCacheOptions { CacheSize = CacheSize }, name, services.GetRequiredService<ILoggerFactory>()),
        services.GetRequiredService<TimeProvider>());

    /// <inheritdoc/>
    public Task<IQueueAdapter> CreateAdapter() => CreateAdapter(CancellationToken.None);

    /// <inheritdoc/>
    public async Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) =>
        new RestingAdapter(await memory.CreateAdapter(cancellationToken), memory.GetStreamQueueMapper(), clock);

    /// <inheritdoc/>
    public IQueueAdapterCache GetQueueAdapterCache() => cache;

    /// <inheritdoc/>
    public IStreamQueueMapper GetStreamQueueMapper() => memory.GetStreamQueueMapper();

    /// <inheritdoc/>
    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => memory.GetDeliveryFailureHandler(queueId);
}
