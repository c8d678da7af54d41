using Orleans.Concurrency;

namespace Alerts.Search.Quota;

/// <summary>A silo's ear for the tap: hears at once, not at its next lease, that eBay is to be left alone or takes calls again.</summary>
[Alias("Alerts.IQuotaObserver")]
public interface IQuotaObserver : IGrainObserver
{
    /// <summary>The tap was closed until a moment, or, with null, opened.</summary>
    [Alias("TapTurned"), OneWay]
    Task TapTurnedAsync(DateTimeOffset? closedUntil);
}
