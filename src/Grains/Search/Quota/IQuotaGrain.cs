namespace Alerts.Search.Quota;

/// <summary>The day's calls to eBay of the whole cluster, key the client id: leases them to silos in chunks.</summary>
[Alias("Alerts.IQuotaGrain")]
public interface IQuotaGrain : IGrainWithStringKey
{
    /// <summary>Leases calls; none when the day's are used up or eBay is to be left alone.</summary>
    [Alias("LeaseAsync")]
    Task<QuotaLease> LeaseAsync(QuotaRequest request, IQuotaObserver observer);

    /// <summary>eBay refused a call for its rate (429): opens the circuit of every silo at once.</summary>
    [Alias("RefusedAsync")]
    Task RefusedAsync(TimeSpan? retryAfter);

    /// <summary>eBay took the call that probed: closes the circuit of every silo.</summary>
    [Alias("AcceptedAsync")]
    Task AcceptedAsync();
}
