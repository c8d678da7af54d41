using System.Diagnostics.Metrics;

namespace Alerts.Channels.Http;

/// <summary>Keeps the framework's request metrics away: they name every host that users gave.</summary>
sealed class UnseenMeters : IMeterFactory
{
    readonly Meter meter = new("unseen");

    public Meter Create(MeterOptions options) => meter;

    public void Dispose() => meter.Dispose();
}
