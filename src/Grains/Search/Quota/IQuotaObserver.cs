using Orleans.Concurrency;

namespace Alerts.Search.Quota;

/// <summary>A silo's observer of eBay's circuit: it hears at once, not at its next lease, that the circuit opens or closes.</summary>
[Alias("Alerts.IQuotaObserver")]
public interface IQuotaObserver : IGrainObserver
{
    /// <summary>The circuit is open until a moment, or, with null, closed.</summary>
    [Alias("TapTurned"), OneWay]
    Task CircuitChangedAsync(DateTimeOffset? openUntil);
}
