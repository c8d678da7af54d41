using System.Diagnostics.Metrics;

namespace Alerts.Channels.Http;

/// <summary>Keeps the framework's measurements of requests out of the metrics: they name every host that a user gave.</summary>
sealed class UnseenMeters : IMeterFactory
{
    readonly Meter meter = new("unseen");

    public Meter Create(MeterOptions options) => meter;

    public void Dispose() => meter.Dispose();
}
