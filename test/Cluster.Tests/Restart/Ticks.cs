using System.Threading.Channels;

namespace Alerts.Cluster.Tests;

/// <summary>The ticks a silo delivered to its tally grains.</summary>
public sealed class Ticks
{
    readonly Channel<(string Key, TickStatus Status)> ticks = Channel.CreateUnbounded<(string, TickStatus)>();

    public void Heard(string key, TickStatus status) => ticks.Writer.TryWrite((key, status));

    public ValueTask<(string Key, TickStatus Status)> NextAsync(CancellationToken cancellationToken) => ticks.Reader.ReadAsync(cancellationToken);
}
