namespace Alerts.Demo.Faults;

/// <summary>A counter that tests can await instead of polling it. Safe to use from many threads.</summary>
public sealed class AwaitableCounter
{
    readonly Lock gate = new();
    readonly List<(long AtLeast, TaskCompletionSource Reached)> waiters = [];
    int waiterCount;
    long value;

    /// <summary>The count since the start or the last <see cref="Reset"/>.</summary>
    public long Value => Interlocked.Read(ref value);

    /// <summary>Counts one more and releases whoever waits for this count.</summary>
    public void Increment()
    {
        Interlocked.Increment(ref value);
        // The increment is a full fence: either it is seen by a waiter that has just registered, or the waiter is seen here.
        if (Volatile.Read(ref waiterCount) > 0)
            Release();
    }

    /// <summary>Starts again at zero; who waits goes on waiting.</summary>
    public void Reset() => Interlocked.Exchange(ref value, 0);

    /// <summary>Completes when the count is at least <paramref name="atLeast"/>.</summary>
    public async Task WaitForAsync(long atLeast, CancellationToken cancellation)
    {
        if (Value >= atLeast)
            return;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiters.Add((atLeast, reached));
            Interlocked.Increment(ref waiterCount);
        }
        Release();
        try
        {
            await reached.Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (gate)
            {
                if (waiters.RemoveAll(waiter => waiter.Reached == reached) > 0)
                    Interlocked.Decrement(ref waiterCount);
            }
        }
    }

    void Release()
    {
        lock (gate)
        {
            var now = Value;
            foreach (var (atLeast, reached) in waiters)
            {
                if (now >= atLeast)
                    reached.TrySetResult();
            }
        }
    }
}
