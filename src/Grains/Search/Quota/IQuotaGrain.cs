namespace Alerts.Search.Quota;

/// <summary>The whole cluster's calls to eBay in a day. The key is the client id. Leases them to silos in parts.</summary>
[Alias("Alerts.IQuotaGrain")]
public interface IQuotaGrain : IGrainWithStringKey
{
    /// <summary>Leases calls; none when the day's are used up or the circuit is open.</summary>
    [Alias("LeaseAsync")]
    Task<QuotaLease> LeaseAsync(QuotaRequest request, IQuotaObserver observer);

    /// <summary>eBay refused a call for its rate (429): opens the circuit of every silo at once.</summary>
    [Alias("RefusedAsync")]
    Task RefusedAsync(TimeSpan? retryAfter);

    /// <summary>eBay accepted the probing call: closes the circuit of every silo.</summary>
    [Alias("AcceptedAsync")]
    Task AcceptedAsync();
}
