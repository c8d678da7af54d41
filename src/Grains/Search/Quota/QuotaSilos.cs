namespace Alerts.Search.Quota;

/// <summary>
/// The last request of each silo. A silo no longer counts when membership says that it has left or is leaving, or after 15 minutes
/// without a request (three leases, if that is longer). In memory only: each silo repeats its demand with its next lease.
/// </summary>
sealed class QuotaSilos(TimeSpan leasedFor, ISiloStatusOracle membership)
{
    const int MaxMissedLeases = 3;

    static readonly TimeSpan minKept = TimeSpan.FromMinutes(15);

    readonly TimeSpan forgetAfter = leasedFor * MaxMissedLeases > minKept ? leasedFor * MaxMissedLeases : minKept;

    readonly Dictionary<string, (QuotaRequest Request, IQuotaObserver Observer, DateTimeOffset HeardAt)> silos = [];

    public IEnumerable<IQuotaObserver> Observers => silos.Values.Select(silo => silo.Observer);

    public IEnumerable<QuotaDemand> Demand => silos.Values.SelectMany(silo => silo.Request.Demand);

    public int Searches => Demand.Sum(demand => demand.Searches);

    public void Hear(QuotaRequest request, IQuotaObserver observer, DateTimeOffset now)
    {
        foreach (var lost in silos.Where(silo => now - silo.Value.HeardAt > forgetAfter || HasLeft(silo.Value.Request.Address))
            .Select(silo => silo.Key).ToList())
            silos.Remove(lost);
        silos[request.Silo] = (request, observer, now);
    }

    /// <summary>A silo that is not yet in this silo's view of the cluster has not left.</summary>
    bool HasLeft(SiloAddress? silo) =>
        silo is not null && membership.GetApproximateSiloStatus(silo) is SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead;
}
