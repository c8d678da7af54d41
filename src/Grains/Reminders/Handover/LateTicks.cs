using System.Collections.Concurrent;
using Alerts.Runs;
using Alerts.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Reminders.Handover;

/// <summary>
/// Wakes, in every silo, the users who would be served a period late. Their ticks may have been lost while their reminders came here from
/// another silo: Orleans moves reminders and not ticks, so what was to tick between the end of one silo and the moment its heir had read the
/// table ticks a period later, unless the heir goes through the ticks shortly before and after the change by itself. Or they were in vain,
/// because the store or a silo was away. To be woken twice, or for nothing, costs a user no more than a comparison of two moments; the runs
/// are admitted like all others.
/// </summary>
public sealed partial class LateTicks(
    GrainId id,
    Orleans.Runtime.Silo silo,
    IReminderTable reminders,
    InterruptedRuns interrupted,
    IGrainFactory grains,
    IOptions<DispatchOptions> options,
    TimeProvider clock,
    ILoggerFactory loggers) : GrainService(id, silo, loggers), ILateTicks
{
    /// <summary>Users woken side by side.</summary>
    const int Wakers = 32;

    /// <summary>Time between two looks at whose second has passed, and between attempts at what failed.</summary>
    static readonly TimeSpan pace = TimeSpan.FromSeconds(1);

    /// <summary>Time between two attempts at runs that broke off.</summary>
    static readonly TimeSpan repeatAfter = TimeSpan.FromSeconds(2);

    readonly ILogger logger = loggers.CreateLogger<LateTicks>();

    CancellationToken Stopped => StoppedCancellationTokenSource.Token;

    /// <inheritdoc />
    protected override async Task StartInBackground()
    {
        await base.StartInBackground();
        RepeatAsync().Ignore();
        await TakeOverAsync(RingArcs.Gained(null, RingRange));
    }

    /// <inheritdoc />
    public override async Task OnRangeChange(IRingRange oldRange, IRingRange newRange, bool increased)
    {
        // Not oldRange: the first notice repeats the change that Start has read already.
        var hasGained = RingArcs.Gained(RingRange, newRange).Any();
        await base.OnRangeChange(oldRange, newRange, increased);
        // All arcs, not only those gained: ticks of the others may have gone to users that the silo which leaves still had.
        if (hasGained)
            await TakeOverAsync(RingArcs.Gained(null, newRange));
    }

    async Task RepeatAsync()
    {
        while (!Stopped.IsCancellationRequested)
        {
            await Task.Delay(repeatAfter, clock, Stopped);
            foreach (var userId in await WakeAsync(interrupted.Take()))
                interrupted.Add(userId);
        }
    }

    /// <summary>Orleans waits for it in neither case: it lasts as long as the window.</summary>
    async Task TakeOverAsync(IEnumerable<(uint Begin, uint End)> arcs)
    {
        var from = clock.GetUtcNow() - options.Value.HandoverWindow;
        var until = clock.GetUtcNow() + options.Value.HandoverWindow;
        try
        {
            var users = await ReadAsync(arcs, from, until);
            var (late, woken) = (Array.Empty<string>(), 0);
            for (var now = clock.GetUtcNow(); users.Count > 0; now = clock.GetUtcNow())
            {
                var due = users.Where(user => ReminderTicks.IsIn(user, from, now) && RingRange.InRange(user.GrainId))
                    .Select(user => user.GrainId.Key.ToString()!).Concat(late).ToArray();
                late = await WakeAsync(due);
                woken += due.Length - late.Length;
                from = now;
                if (now >= until)
                    break;
                await Task.Delay(pace, clock, Stopped);
            }

            foreach (var userId in late)
                interrupted.Add(userId);
            if (woken + late.Length > 0)
                LogTakenOver(woken, late.Length);
        }
        catch (OperationCanceledException) when (Stopped.IsCancellationRequested)
        {
            // The next heir does the same.
        }
    }

    /// <summary>The users on some arcs whose reminders tick in the window. Read page by page, and again where the store fails, while the window lasts.</summary>
    async Task<List<ReminderEntry>> ReadAsync(IEnumerable<(uint Begin, uint End)> arcs, DateTimeOffset from, DateTimeOffset until)
    {
        var users = new List<ReminderEntry>();
        foreach (var (begin, end) in arcs)
        {
            IList<ReminderEntry>? page;
            while ((page = await TryReadAsync(begin, end)) is null)
            {
                if (clock.GetUtcNow() >= until)
                    return users;
                await Task.Delay(pace, clock, Stopped);
            }

            users.AddRange(page.Where(reminder => UserReminder.IsOne(reminder) && ReminderTicks.IsIn(reminder, from, until)));
        }

        return users;
    }

    async Task<IList<ReminderEntry>?> TryReadAsync(uint begin, uint end)
    {
        try
        {
            return (await reminders.ReadRows(begin, end)).Reminders;
        }
        catch (Exception fault)
        {
            LogUnreadable(fault);
            return null;
        }
    }

    /// <summary>Wakes some users and returns those that could not be: the silo where they are fails or is about to stop.</summary>
    async Task<string[]> WakeAsync(string[] users)
    {
        var late = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = Wakers, CancellationToken = Stopped }, async (userId, _) =>
        {
            try
            {
                if (await grains.GetGrain<IUserGrain>(userId).WakeAsync())
                    return;
            }
            catch (Exception fault)
            {
                LogNotWoken(fault, userId);
            }

            late.Enqueue(userId);
        });
        return [.. late];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reminders came here from another silo: {Woken} users whose second had come were woken, {Late} could not be")]
    partial void LogTakenOver(int woken, int late);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reminders that came here from another silo cannot be read")]
    partial void LogUnreadable(Exception fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{UserId} could not be woken")]
    partial void LogNotWoken(Exception fault, string userId);
}
