using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Alerts.Silo.Streaming;

/// <summary>
/// Orleans' memory streams with two changes. Their own cache keeps events for half an hour, delivered or not. This one drops delivered
/// events. While a consumer is slow, it takes no more events from the queue, and a full queue (16,384 events) refuses producers. Also,
/// their own agents poll each queue ten times a second; here an empty queue is polled less and less often.
/// </summary>
public sealed class BoundedMemoryStreams : IQueueAdapterFactory
{
    /// <summary>Events of a queue that were taken but not delivered, at most; a tenth of them is taken at once.</summary>
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

    public Task<IQueueAdapter> CreateAdapter() => CreateAdapter(CancellationToken.None);

    public async Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) =>
        new RestingAdapter(await memory.CreateAdapter(cancellationToken), memory.GetStreamQueueMapper(), clock);

    public IQueueAdapterCache GetQueueAdapterCache() => cache;

    public IStreamQueueMapper GetStreamQueueMapper() => memory.GetStreamQueueMapper();

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => memory.GetDeliveryFailureHandler(queueId);
}
