namespace Alerts.Runs;

/// <summary>
/// How many at once in this silo: as many as the other side bears, by what its calls say. Those over the limit wait in order, at most one
/// for each user, so the queue is bounded too. Safe for concurrent use.
/// </summary>
public sealed class AdmissionLane(int min, int max, TimeSpan slowAfter, TimeProvider clock)
{
    readonly Lock gate = new();
    readonly AdaptiveLimit limit = new(min, max);
    readonly Queue<TaskCompletionSource> waiting = new();
    readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int inFlight;
    bool isClosed;

    /// <summary>Whether the silo is about to stop, so that no run begins any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (gate)
                return isClosed;
        }
    }

    /// <summary>How many have a slot.</summary>
    public int InFlight
    {
        get
        {
            lock (gate)
                return inFlight;
        }
    }

    /// <summary>How many wait for a slot.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count(run => !run.Task.IsCompleted);
        }
    }

    /// <summary>How many may have a slot now.</summary>
    public int Limit
    {
        get
        {
            lock (gate)
                return limit.Current;
        }
    }

    /// <summary>Waits for a slot; dispose the result to give it back.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the silo is about to stop: the run is left to the next tick, wherever it comes.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (isClosed)
                throw new OperationCanceledException("The silo is about to stop.");
            waiting.Enqueue(turn);
            Admit();
        }

        await using (cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken)))
            await turn.Task;
        return new Slot(this);
    }

    /// <summary>Makes a call and learns from how it went.</summary>
    /// <param name="call">A search, mail or write. An exception is a failure.</param>
    /// <param name="failed">Whether what it returned says that the other side failed.</param>
    public async Task<T> ObserveAsync<T>(Func<Task<T>> call, Func<T, bool> failed)
    {
        var start = clock.GetTimestamp();
        var hasFailed = true;
        try
        {
            var result = await call();
            hasFailed = failed(result);
            return result;
        }
        finally
        {
            lock (gate)
            {
                limit.Record(hasFailed || clock.GetElapsedTime(start) > slowAfter);
                Admit();
            }
        }
    }

    /// <summary>Makes a call that fails by exception only, and learns from how it went.</summary>
    public Task ObserveAsync(Func<Task> call) => ObserveAsync(
        async () =>
        {
            await call();
            return true;
        },
        failed: _ => false);

    /// <summary>From now on nobody else may wait for a slot, but those that wait get theirs; completes when the last slot was given back.</summary>
    public Task DrainAsync() => EndAsync(cancelsWaiting: false);

    /// <summary>From now on nobody gets a slot, and those that wait are cancelled; completes when the last slot was given back.</summary>
    public Task CloseAsync() => EndAsync(cancelsWaiting: true);

    Task EndAsync(bool cancelsWaiting)
    {
        lock (gate)
        {
            isClosed = true;
            while (cancelsWaiting && waiting.TryDequeue(out var turn))
                turn.TrySetCanceled();
            EndWhenEmpty();
        }

        return drained.Task;
    }

    /// <summary>Under the lock. Who was cancelled while waiting is passed over.</summary>
    void Admit()
    {
        while (inFlight < limit.Current && waiting.TryDequeue(out var turn))
        {
            if (turn.TrySetResult())
                inFlight++;
        }

        if (waiting.Count > 0)
            limit.Reached();
    }

    void Leave()
    {
        lock (gate)
        {
            inFlight--;
            Admit();
            EndWhenEmpty();
        }
    }

    /// <summary>Under the lock. While nobody has a slot nobody waits for one.</summary>
    void EndWhenEmpty()
    {
        if (isClosed && inFlight == 0)
            drained.TrySetResult();
    }

    sealed class Slot(AdmissionLane lane) : IDisposable
    {
        int given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref given, 1) == 0)
                lane.Leave();
        }
    }
}
