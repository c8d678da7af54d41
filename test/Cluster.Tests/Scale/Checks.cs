using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Alerts.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Alerts.Cluster.Tests;

/// <summary>The checks that one silo makes from now on, as its metrics tell them.</summary>
public sealed class Checks : IDisposable
{
    readonly Channel<long> made = Channel.CreateUnbounded<long>();
    readonly MeterListener listener = new();

    public Checks(IHost silo)
    {
        // The meters of other silos in this process have the same names.
        var scope = silo.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == RunMetrics.MeterName && instrument.Name == "alerts.runs" && ReferenceEquals(instrument.Meter.Scope, scope))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => made.Writer.TryWrite(count));
        listener.Start();
    }

    /// <summary>Checks made that nobody waited for.</summary>
    public int Unread => made.Reader.Count;

    /// <summary>Waits for that many checks.</summary>
    public async Task WaitAsync(int count, CancellationToken cancellationToken)
    {
        for (; count > 0; count--)
            await made.Reader.ReadAsync(cancellationToken);
    }

    public void Dispose() => listener.Dispose();
}
