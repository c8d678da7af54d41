using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Alerts.Silo.Streaming;

/// <summary>
/// Orleans' memory streams with a cache that has a bound. Their own keeps all it was ever given for half an hour, delivered or not;
/// this one drops what was delivered, and while a consumer is slow it takes nothing more from the queue, which refuses producers
/// when it is full (16,384 events).
/// </summary>
public sealed class BoundedMemoryStreams : IQueueAdapterFactory
{
    /// <summary>Most events of a queue taken but not delivered; a tenth of it is taken at once.</summary>
    public const int CacheSize = 2_560;

    readonly IQueueAdapterFactory memory;
    readonly SimpleQueueAdapterCache cache;

    BoundedMemoryStreams(IQueueAdapterFactory memory, SimpleQueueAdapterCache cache) => (this.memory, this.cache) = (memory, cache);

    /// <summary>Makes the provider of a name.</summary>
    public static IQueueAdapterFactory Create(IServiceProvider services, string name) => new BoundedMemoryStreams(
        MemoryAdapterFactory<DefaultMemoryMessageBodySerializer>.Create(services, name),
        new(new SimpleQueueCacheOptions { CacheSize = CacheSize }, name, services.GetRequiredService<ILoggerFactory>()));

    /// <inheritdoc/>
    public Task<IQueueAdapter> CreateAdapter() => CreateAdapter(CancellationToken.None);

    /// <inheritdoc/>
    public Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) => memory.CreateAdapter(cancellationToken);

    /// <inheritdoc/>
    public IQueueAdapterCache GetQueueAdapterCache() => cache;

    /// <inheritdoc/>
    public IStreamQueueMapper GetStreamQueueMapper() => memory.GetStreamQueueMapper();

    /// <inheritdoc/>
    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => memory.GetDeliveryFailureHandler(queueId);
}
