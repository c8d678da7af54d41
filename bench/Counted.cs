using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Alerts.Bench;

/// <summary>What the product in this process counts by its own meters, and a wait for a count without asking again and again.</summary>
sealed class Counted : IDisposable
{
    readonly MeterListener listener = new();
    readonly ConcurrentDictionary<string, long> totals = new();
    readonly Lock gate = new();
    readonly List<(string Name, long Target, TaskCompletionSource Reached)> waiting = [];

    /// <summary>Listens from now on to the counters of these names.</summary>
    public Counted(params string[] names)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (names.Contains(instrument.Name))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, measurement, tags, _) =>
        {
            var name = instrument.Name;
            foreach (var (key, value) in tags)
                if (key == "result")
                    name = $"{name} {value}";
            Add(name, measurement);
        });
        listener.Start();
    }

    /// <summary>A counter's total; with a result, <c>"alerts.runs changed"</c>.</summary>
    public long this[string name] => totals.GetValueOrDefault(name);

    /// <summary>Waits until a total is at least this.</summary>
    public Task ReachAsync(string name, long target, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (this[name] >= target)
                return Task.CompletedTask;
            waiting.Add((name, target, reached));
        }

        return reached.Task.WaitAsync(cancellationToken);
    }

    public void Dispose() => listener.Dispose();

    void Add(string name, long measurement)
    {
        lock (gate)
        {
            var total = totals[name] = totals.GetValueOrDefault(name) + measurement;
            foreach (var (_, _, reached) in waiting.Where(wait => wait.Name == name && wait.Target <= total).ToList())
                reached.TrySetResult();
            waiting.RemoveAll(wait => wait.Reached.Task.IsCompleted);
        }
    }
}
