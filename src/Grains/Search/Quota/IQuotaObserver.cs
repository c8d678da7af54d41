using Orleans.Concurrency;

namespace Alerts.Search.Quota;

/// <summary>A silo's observer of eBay's circuit. It is notified at once, not at its next lease, when the circuit opens or closes.</summary>
[Alias("Alerts.IQuotaObserver")]
public interface IQuotaObserver : IGrainObserver
{
    /// <summary>The circuit is open until a moment; null means closed.</summary>
    [Alias("TapTurned"), OneWay]
    Task CircuitChangedAsync(DateTimeOffset? openUntil);
}
