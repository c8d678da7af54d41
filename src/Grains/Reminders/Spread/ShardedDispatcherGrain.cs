using Alerts.Cluster;
using Alerts.Configuration;
using Alerts.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Alerts.Reminders.Spread;

/// <summary>
/// Keeps a <see cref="PhaseTable"/> in memory. The users' reminders are its durable form. They are read when the grain starts, before users
/// are moved, and once an hour. Placed by hash: when all shards start at once, the load of the silos says nothing, and all shards would
/// land on one silo.
/// </summary>
[HashBasedPlacement]
public sealed partial class ShardedDispatcherGrain(
    IReminderTable reminders,
    IOptions<DispatchOptions> dispatch,
    IOptions<AlertsOptions> alerts,
    DispatchMetrics metrics,
    TimeProvider clock,
    ILogger<ShardedDispatcherGrain> logger) : Grain, IShardedDispatcherGrain
{
    const int MaxMovers = 16;

    /// <summary>
    /// The reminders are read again even when the table looks level: a user may have been enrolled while the dispatcher was away.
    /// </summary>
    static readonly TimeSpan readAgainAfter = TimeSpan.FromHours(1);

    readonly PhaseWindow window = new(alerts.Value.ReminderPeriod);
    PhaseTable table = null!;
    long readAt;
    bool isDoubtful;

    int Shard => (int)this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        table = new PhaseTable(window.Seconds, Shard, dispatch.Value.Shards);
        await ReadAsync();
        // Interleaved with calls: a user that is being enrolled waits for this grain, and this grain may wait for the same user to move.
        this.RegisterGrainTimer(LevelAsync, new GrainTimerCreationOptions(window.Length, window.Length) { Interleave = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Leaves(Shard);
        return Task.CompletedTask;
    }

    public Task<int> AssignAsync(string userId)
    {
        var second = table.Assign(userId);
        metrics.Has(Shard, table.Count);
        return Task.FromResult(second);
    }

    public Task ReleaseAsync(string userId)
    {
        table.Release(userId);
        metrics.Has(Shard, table.Count);
        return Task.CompletedTask;
    }

    public Task<DispatchLoad> GetLoadAsync() => Task.FromResult(new DispatchLoad
    {
        Shard = Shard,
        Shards = dispatch.Value.Shards,
        UsersPerSecond = [.. table.Load],
    });

    async Task LevelAsync(CancellationToken cancellationToken)
    {
        if (table.IsLevel && !isDoubtful && clock.GetElapsedTime(readAt) < readAgainAfter)
            return;
        await ReadAsync();
        var moves = table.Level(dispatch.Value.MovesPerPeriod);
        foreach (var some in moves.Chunk(MaxMovers))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.WhenAll(some.Select(MoveAsync));
        }

        if (moves.Count > 0)
            LogMoved(Shard, moves.Count, table.Count);
    }

    async Task MoveAsync(PhaseMove move)
    {
        try
        {
            await GrainFactory.GetGrain<IUserGrain>(move.UserId).MoveAsync(move.Second);
        }
        catch (Exception fault)
        {
            // The user may have moved or not. Its reminder has the truth, and the next round reads it.
            isDoubtful = true;
            LogNotMoved(fault, move.UserId);
        }
    }

    async Task ReadAsync()
    {
        var (begin, end) = DispatchShards.ArcOf(Shard, dispatch.Value.Shards);
        ReminderTableData stored;
        try
        {
            stored = await reminders.ReadRows(begin, end);
        }
        catch (Exception fault)
        {
            LogUnreadable(fault, Shard);
            throw new StoreUnavailableException("The reminders could not be read.");
        }

        table.Take(stored.Reminders.Where(UserReminder.IsOne)
            .Select(reminder => (reminder.GrainId.Key.ToString()!, window.SecondOf(reminder.StartAt))));
        metrics.Has(Shard, table.Count);
        readAt = clock.GetTimestamp();
        isDoubtful = false;
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Dispatcher {Shard}: {Moved} of {Users} users changed their second of the window")]
    partial void LogMoved(int shard, int moved, int users);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{UserId} could not be moved to another second of the window; its reminder stays as it is")]
    partial void LogNotMoved(Exception fault, string userId);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Dispatcher {Shard} cannot read the reminders; users enrolled meanwhile get a second by their hash")]
    partial void LogUnreadable(Exception fault, int shard);
}
