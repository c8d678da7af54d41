using Alerts.Cluster;
using Alerts.Email;
using Alerts.Mail.Log;
using Alerts.Search;
using Alerts.Search.Quota;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Cluster;

/// <summary>
/// Collects the grains' and silos' own numbers, for the API and for the operators' pages. Parts that do not answer are listed. Fails when
/// no part answers.
/// </summary>
sealed class ClusterReader(IGrainFactory grains, IOptions<SharedDataOptions> sharedData, TimeProvider clock)
{
    /// <summary>The time limit for all parts together.</summary>
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    public async Task<ClusterDocument> ReadAsync(CancellationToken cancellationToken)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        var silos = management.GetDetailedHosts(onlyActive: false, cancellationToken);
        var active = management.GetSimpleGrainStatistics(cancellationToken);
        var writers = Task.WhenAll(Enumerable.Range(0, sharedData.Value.Shards)
            .Select(shard => grains.GetGrain<ISharedDataWriterGrain>(ProductShards.KeyOf(shard)).GetHealthAsync()));
        var loads = LoadsAsync(grains);
        var lease = CallBudget.NewestLeaseAsync(grains);
        var failures = DeliveryFailures.OfAllSilosAsync(grains, clock.GetUtcNow());
        Dictionary<string, Task> parts = new()
        {
            ["silos"] = silos, ["activations"] = active, ["shards"] = loads, ["writers"] = writers, ["quota"] = lease, ["mails"] = failures,
        };
        await Task.WhenAny(Task.WhenAll(parts.Values), Task.Delay(patience, TimeProvider.System, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        var missing = parts.Where(part => !part.Value.IsCompletedSuccessfully).Select(part => part.Key).ToList();
        if (missing.Count == parts.Count)
            throw new StoreUnavailableException("No part of the cluster answered.");
        return new ClusterDocument
        {
            Missing = missing,
            Silos = [.. (Of(silos) ?? []).OrderBy(silo => silo.StartTime).Select(Describe)],
            Activations = [.. Count(Of(active) ?? [])],
            Shards = [.. (Of(loads) ?? []).Select(Describe)],
            Writers = [.. (Of(writers) ?? []).Select(Describe)],
            Quota = Of(lease) is { } newest ? Describe(newest) : null,
            Mails = Of(failures) is { } known ? Describe(known, clock.GetUtcNow()) : null,
        };
    }

    static T? Of<T>(Task<T> part) => part.IsCompletedSuccessfully ? part.Result : default;

    static ClusterDocument.Silo Describe(MembershipEntry silo) =>
        new(silo.SiloName, silo.SiloAddress.ToParsableString(), silo.Status.ToString().ToLowerInvariant(),
            Utc(silo.StartTime), Utc(silo.IAmAliveTime));

    /// <summary>The first shard knows the number of shards.</summary>
    static async Task<DispatchLoad[]> LoadsAsync(IGrainFactory grains)
    {
        var first = await grains.GetGrain<IShardedDispatcherGrain>(0).GetLoadAsync();
        return [first,
            .. await Task.WhenAll(Enumerable.Range(1, first.Shards - 1)
                .Select(shard => grains.GetGrain<IShardedDispatcherGrain>(shard).GetLoadAsync()))];
    }

    static ClusterDocument.Shard Describe(DispatchLoad load) =>
        new(load.Shard, load.UsersPerSecond.Sum(), load.UsersPerSecond.DefaultIfEmpty().Max(), load.UsersPerSecond);

    static ClusterDocument.Writer Describe(SharedDataHealth health, int shard) =>
        new(shard, health.RowsWritten, health.RowsPending, health.BatchesRefused, health.LastWrite, health.FailingSince,
            health.Lag?.TotalSeconds);

    static ClusterDocument.CallQuota Describe(QuotaLease lease) =>
        new(lease.Left, lease.Limit, lease.DayEndsAt, lease.ClosedUntil, lease.Searches);

    static ClusterDocument.MailHealth Describe(IReadOnlyList<DeliveryFailure> failures, DateTimeOffset now) => new(
        failures.Count(failure => failure.At > now.AddHours(-1)),
        failures.Count(failure => failure.IsFinal && failure.At > now.AddHours(-1)),
        failures.Count > 0 ? failures[0].At : null,
        failures.Where(failure => failure.IsWaiting).Min(failure => (DateTimeOffset?)failure.MadeAt));

    /// <summary>Activations of our own grains by name, for all silos together.</summary>
    static IEnumerable<ClusterDocument.Activation> Count(SimpleGrainStatistic[] statistics) =>
        from grain in statistics
        let type = grain.GrainType.Split(',')[0]
        where type.StartsWith("Alerts.", StringComparison.Ordinal)
        group grain.ActivationCount by type[(type.LastIndexOf('.') + 1)..] into counts
        orderby counts.Key
        select new ClusterDocument.Activation(counts.Key, counts.Sum());

    static DateTimeOffset Utc(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));
}
