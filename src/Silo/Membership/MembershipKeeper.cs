using Orleans.Clustering.Redis;
using StackExchange.Redis;

namespace Alerts.Silo.Membership;

/// <summary>
/// Looks every ten seconds whether Redis still lists this silo. Orleans' silos go on without Redis but never register again: where Redis
/// comes back without its data, no gateway and no new silo would find them, and a new silo would begin a second cluster. So the members
/// that were read last are written again. Their version ends above the last one, since silos ignore a table that is older than theirs.
/// </summary>
sealed partial class MembershipKeeper(
    IMembershipTable table,
    ISiloStatusOracle membership,
    MembershipMetrics metrics,
    TimeProvider clock,
    ILogger<MembershipKeeper> logger) : BackgroundService
{
    static readonly TimeSpan period = TimeSpan.FromSeconds(10);

    MembershipTableData? known;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops and leaves the cluster by itself.
        }
    }

    async Task LookAsync(CancellationToken cancellationToken)
    {
        if (membership.CurrentStatus is not SiloStatus.Active)
            return;
        try
        {
            var found = await ReadAsync(cancellationToken);
            metrics.IsReadable = true;
            if (found?.TryGet(membership.SiloAddress) is not null)
            {
                if (known is null)
                    LogKnown(found.Members.Count);
                known = found;
            }
            else if (known is not null)
                await RestoreAsync(known, cancellationToken);
        }
        catch (Exception fault) when (fault is RedisException or RedisClusteringException or TimeoutException)
        {
            // Redis is away; the next look finds it back.
            metrics.IsReadable = false;
        }
    }

    /// <summary>The members; null where Redis answers and has no table.</summary>
    async Task<MembershipTableData?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await table.ReadAllAsync(cancellationToken).WaitAsync(period, clock, cancellationToken);
        }
        catch (RedisClusteringException)
        {
            return null;
        }
    }

    /// <summary>Other silos do the same at the same time: whoever loses a race finds the row there at the next step.</summary>
    async Task RestoreAsync(MembershipTableData last, CancellationToken cancellationToken)
    {
        var members = last.Members.Select(member => member.Item1).Where(member => member.Status is SiloStatus.Active).ToList();
        // Makes an empty table where there is none, with version 0; the steps below count it up again.
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, cancellationToken);
        for (var steps = 2 * (last.Version.Version + members.Count); steps > 0; steps--)
        {
            var now = await table.ReadAllAsync(cancellationToken);
            if (members.Find(member => now.TryGet(member.SiloAddress) is null) is { } missing)
                await table.InsertRowAsync(missing, now.Version.Next(), cancellationToken);
            else if (now.Version.Version <= last.Version.Version && now.TryGet(membership.SiloAddress) is { } own)
                await table.UpdateRowAsync(own.Item1, own.Item2, now.Version.Next(), cancellationToken);
            else
                break;
        }

        LogRestored(members.Count);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Members} members of the cluster in Redis are known; should Redis lose them, they are registered again")]
    partial void LogKnown(int members);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis had lost the members of the cluster; {Members} were registered again. " +
        "Redis should keep its data (appendonly yes)")]
    partial void LogRestored(int members);
}
