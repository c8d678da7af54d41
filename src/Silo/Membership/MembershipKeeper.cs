using Orleans.Clustering.Redis;
using StackExchange.Redis;

namespace Alerts.Silo.Membership;

/// <summary>
/// Checks every ten seconds whether Redis still lists this silo. Orleans' silos continue without Redis but never register again. If Redis
/// came back without its data, no gateway or new silo would find them, and a new silo would begin a second cluster. So this writes the last
/// known members again. Its table version must be higher than the last one, since silos ignore an older table.
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
            // The silo stops and leaves the cluster itself.
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
            // Redis is away; a later check finds it again.
            metrics.IsReadable = false;
        }
    }

    /// <summary>The members; null when Redis answers without a table.</summary>
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

    /// <summary>Other silos do the same at the same time. A silo that loses a race finds the row at the next step.</summary>
    async Task RestoreAsync(MembershipTableData last, CancellationToken cancellationToken)
    {
        var members = last.Members.Select(member => member.Item1).Where(member => member.Status is SiloStatus.Active).ToList();
        // Creates an empty table with version 0 if there is none; the steps below raise the version again.
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

    [LoggerMessage(Level = LogLevel.Information,
        Message = "The {Members} members of the cluster in Redis are known; should Redis lose them, they are registered again")]
    partial void LogKnown(int members);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis had lost the members of the cluster; {Members} were registered again. " +
        "Redis should keep its data (appendonly yes)")]
    partial void LogRestored(int members);
}
