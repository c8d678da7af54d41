using Alerts.Silo.Streaming;
using Microsoft.Extensions.Time.Testing;
using Orleans.Streams;

namespace Alerts.Cluster.Tests.Streaming;

public sealed class RestingReceiverTests
{
    static readonly TimeSpan poll = TimeSpan.FromMilliseconds(100);

    readonly FakeTimeProvider clock = new();
    readonly Queue queue = new();
    readonly RestingReceiver receiver;

    public RestingReceiverTests() => receiver = new(queue, clock);

    [Fact]
    public async Task An_empty_queue_is_asked_once_in_two_seconds_instead_of_twenty_times()
    {
        await PollAsync(100);
        var asked = queue.Asked;

        await PollAsync(600);

        Assert.Equal(30, queue.Asked - asked);
    }

    [Fact]
    public async Task What_comes_while_the_queue_rests_is_taken_within_two_seconds_and_the_next_at_once()
    {
        await PollAsync(100);
        queue.Events = 5;

        var polls = 0;
        while (await AtOnceAsync() == 0)
            Assert.InRange(++polls, 1, 20);

        for (var left = 4; left > 0; left--)
            Assert.Equal(1, await AtOnceAsync());
    }

    [Fact]
    public async Task A_producer_beside_it_wakes_the_queue_at_once()
    {
        await PollAsync(100);
        queue.Events = 1;

        receiver.Wake();

        Assert.Equal(1, await AtOnceAsync());
    }

    [Fact]
    public async Task A_queue_that_fails_is_asked_again_at_the_next_poll()
    {
        await PollAsync(100);
        queue.Fails = true;
        receiver.Wake();
        await Assert.ThrowsAsync<InvalidOperationException>(AtOnceAsync);

        (queue.Fails, queue.Events) = (false, 1);
        clock.Advance(poll);

        Assert.Equal(1, await AtOnceAsync());
    }

    async Task PollAsync(int times)
    {
        for (var time = 0; time < times; time++)
            await AtOnceAsync();
    }

    async Task<int> AtOnceAsync()
    {
        var events = await receiver.GetQueueMessagesAsync(10);
        clock.Advance(poll);
        return events.Count;
    }

    sealed class Queue : IQueueAdapterReceiver
    {
        public int Asked { get; private set; }

        public int Events { get; set; }

        public bool Fails { get; set; }

        public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

        public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
        {
            Asked++;
            if (Fails)
                throw new InvalidOperationException("The queue is away.");
            return Task.FromResult<IList<IBatchContainer>>(Events-- > 0 ? [null!] : []);
        }

        public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

        public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;
    }
}
