using System.Diagnostics.Metrics;
using Alerts.SharedData;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Tests.SharedData;

/// <summary>Adds up what one counter of the shared data of one silo counts, and tells when it reaches a number.</summary>
public sealed class Heard : IDisposable
{
    readonly MeterListener listener = new();
    readonly Lock gate = new();
    readonly List<(long Count, TaskCompletionSource Reached)> waiting = [];
    long count;

    /// <summary>Listens to a counter of a silo.</summary>
    public Heard(IServiceProvider silo, string counter)
    {
        // Creating the same instrument anew tells the factory's scope, by which this silo's is known among others of the process.
        var scope = silo.GetRequiredService<IMeterFactory>().Create(SharedDataMetrics.MeterName).Scope;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == counter && ReferenceEquals(instrument.Meter.Scope, scope))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, rows, _, _) => Add(rows));
        listener.Start();
    }

    /// <summary>Counted since listening began.</summary>
    public long Count
    {
        get
        {
            lock (gate)
                return count;
        }
    }

    /// <summary>Completes when so much was counted.</summary>
    public Task ReachAsync(long number, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (count >= number)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((number, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => listener.Dispose();

    void Add(long rows)
    {
        lock (gate)
        {
            count += rows;
            foreach (var (_, reached) in waiting.Where(one => one.Count <= count))
                reached.TrySetResult();
        }
    }
}
