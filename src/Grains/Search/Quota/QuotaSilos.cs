namespace Alerts.Search.Quota;

/// <summary>
/// What the silos last asked for. One that membership says has left or is leaving counts no longer, nor one not heard of for 15 minutes, or
/// for three leases. In memory: each says it again with its next lease.
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
        foreach (var lost in silos.Where(silo => now - silo.Value.HeardAt > forgetAfter || HasLeft(silo.Value.Request.Address)).Select(silo => silo.Key).ToList())
            silos.Remove(lost);
        silos[request.Silo] = (request, observer, now);
    }

    /// <summary>One that this silo's view of the cluster does not have yet has not left.</summary>
    bool HasLeft(SiloAddress? silo) =>
        silo is not null && membership.GetApproximateSiloStatus(silo) is SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead;
}
