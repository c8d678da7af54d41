namespace Alerts.Runs;

/// <summary>
/// Limits how many runs or mails this silo does at once. The limit follows from how the calls to the other side go. What is over the limit
/// waits in order, at most one for each user, so the queue is bounded too. Safe for concurrent use.
/// </summary>
public sealed class AdmissionLane(int min, int max, TimeSpan slowAfter, TimeProvider clock)
{
    readonly Lock gate = new();
    readonly AdaptiveLimit limit = new(min, max);
    readonly Queue<TaskCompletionSource> waiting = new();
    readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int inFlight;
    bool isClosed;

    /// <summary>Whether the silo is about to stop: no run begins any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (gate)
                return isClosed;
        }
    }

    /// <summary>How many hold a place.</summary>
    public int InFlight
    {
        get
        {
            lock (gate)
                return inFlight;
        }
    }

    /// <summary>How many wait for a place.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count(run => !run.Task.IsCompleted);
        }
    }

    /// <summary>How many may hold a place now.</summary>
    public int Limit
    {
        get
        {
            lock (gate)
                return limit.Current;
        }
    }

    /// <summary>Waits for a place. Disposing the result gives the place back.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the silo is about to stop: the next tick runs it.</exception>
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

    /// <summary>Makes a call and adjusts the limit by its outcome.</summary>
    /// <param name="call">A search, mail or write. An exception counts as a fault.</param>
    /// <param name="failed">Whether the returned value says that the other side failed.</param>
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

    /// <summary>Makes a call that fails by exception only, and adjusts the limit by its outcome.</summary>
    public Task ObserveAsync(Func<Task> call) => ObserveAsync(
        async () =>
        {
            await call();
            return true;
        },
        failed: _ => false);

    /// <summary>Admits those that wait and no others from now on. Completes when the last place was given back.</summary>
    public Task DrainAsync() => EndAsync(cancelsWaiting: false);

    /// <summary>Admits nobody from now on and cancels those that wait. Completes when the last place was given back.</summary>
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

    /// <summary>Call under the lock. Skips those that were cancelled while they waited.</summary>
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

    /// <summary>Call under the lock. When no place is taken, nobody waits for one.</summary>
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
