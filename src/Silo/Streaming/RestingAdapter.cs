using System.Collections.Concurrent;
using Orleans.Streams;

namespace Alerts.Silo.Streaming;

/// <summary>Queues whose receivers pause while nothing comes; a producer on the same silo wakes them.</summary>
sealed class RestingAdapter(IQueueAdapter queues, IStreamQueueMapper mapper, TimeProvider clock) : IQueueAdapter
{
    readonly ConcurrentDictionary<QueueId, RestingReceiver> receivers = new();

    public string Name => queues.Name;

    public bool IsRewindable => queues.IsRewindable;

    public StreamProviderDirection Direction => queues.Direction;

    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        await queues.QueueMessageBatchAsync(streamId, events, token, requestContext);
        if (receivers.TryGetValue(mapper.GetQueueForStream(streamId), out var receiver))
            receiver.Wake();
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) =>
        receivers[queueId] = new RestingReceiver(queues.CreateReceiver(queueId), clock);
}
