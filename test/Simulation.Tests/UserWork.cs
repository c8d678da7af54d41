using System.Collections.Concurrent;
using System.Diagnostics;
using Alerts.Demo.Faults;

namespace Alerts.Simulations;

/// <summary>The work of users' grains under way in this process, from the product's own traces; that there is none can be awaited.</summary>
sealed class UserWork : IDisposable
{
    const string Name = "user work";

    readonly Lock gate = new();
    readonly ConcurrentDictionary<string, AwaitableCounter> ended = new();
    readonly ActivityListener traces;
    TaskCompletionSource? idle;
    int underWay;

    public UserWork()
    {
        traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> activity) => activity.Name == Name ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStarted = _ => Count(1),
            ActivityStopped = activity =>
            {
                OnEnd?.Invoke();
                if (activity.GetTagItem(Telemetry.UserTag) is string user)
                    Of(user).Increment();
                Count(-1);
            },
        };
        ActivitySource.AddActivityListener(traces);
    }

    /// <summary>Called, on the grain's own thread, in the instant a user's work ends.</summary>
    public Action? OnEnd { get; set; }

    /// <summary>Completes when nothing is under way. A tick has begun its work by the time its call returns.</summary>
    public Task IdleAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (underWay == 0)
                return Task.CompletedTask;
            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>How often the work of one user ended.</summary>
    public AwaitableCounter Of(string user) => ended.GetOrAdd(user, _ => new AwaitableCounter());

    public void Dispose() => traces.Dispose();

    void Count(int more)
    {
        lock (gate)
        {
            underWay += more;
            if (underWay > 0)
                return;
            idle?.SetResult();
            idle = null;
        }
    }
}
