using System.Collections.Concurrent;
using Alerts.Runs;
using Alerts.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Reminders.Handover;

/// <summary>
/// Wakes users whose ticks were lost. Orleans hands over reminders but not ticks. A tick can fall between the end of one silo and the
/// moment when the next silo has read the reminders. Then it comes a whole period later. So a silo that gains reminders wakes the users
/// whose ticks lie shortly before or after the handover. It also repeats runs that broke off because the store or a silo failed. A second
/// wake-up does nothing: the user's check is no longer due.
/// </summary>
public sealed partial class TickHandover(
    GrainId id,
    Orleans.Runtime.Silo silo,
    IReminderTable reminders,
    InterruptedRuns interrupted,
    IGrainFactory grains,
    IOptions<DispatchOptions> options,
    TimeProvider clock,
    ILoggerFactory loggers) : GrainService(id, silo, loggers), ITickHandover
{
    const int MaxWakers = 32;
    static readonly TimeSpan lookPeriod = TimeSpan.FromSeconds(1);
    static readonly TimeSpan repeatPeriod = TimeSpan.FromSeconds(2);

    readonly ILogger logger = loggers.CreateLogger<TickHandover>();

    CancellationToken Stopped => StoppedCancellationTokenSource.Token;

    protected override async Task StartInBackground()
    {
        await base.StartInBackground();
        RepeatAsync().Ignore();
        await TakeOverAsync(RingArcs.Gained(null, RingRange));
    }

    public override async Task OnRangeChange(IRingRange oldRange, IRingRange newRange, bool increased)
    {
        // Compared with RingRange, not oldRange: Orleans reports the first change twice, and StartInBackground has read it already.
        var hasGained = RingArcs.Gained(RingRange, newRange).Any();
        await base.OnRangeChange(oldRange, newRange, increased);
        // All arcs are read, not only the gained ones: ticks of the others may have gone to users on the silo that leaves.
        if (hasGained)
            await TakeOverAsync(RingArcs.Gained(null, newRange));
    }

    async Task RepeatAsync()
    {
        while (!Stopped.IsCancellationRequested)
        {
            await Task.Delay(repeatPeriod, clock, Stopped);
            foreach (var userId in await WakeAsync(interrupted.Take()))
                interrupted.Add(userId);
        }
    }

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
                await Task.Delay(lookPeriod, clock, Stopped);
            }

            foreach (var userId in late)
                interrupted.Add(userId);
            if (woken + late.Length > 0)
                LogTakenOver(woken, late.Length);
        }
        catch (OperationCanceledException) when (Stopped.IsCancellationRequested)
        {
            // The silo that gets these reminders next does the same.
        }
    }

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
                await Task.Delay(lookPeriod, clock, Stopped);
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

    /// <summary>Returns the users that could not be woken because their silo fails or is about to stop.</summary>
    async Task<string[]> WakeAsync(string[] users)
    {
        var late = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(users, new ParallelOptions { MaxDegreeOfParallelism = MaxWakers, CancellationToken = Stopped },
            async (userId, _) =>
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

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Reminders were handed over to this silo: {Woken} users were woken, {Late} could not be woken yet")]
    partial void LogTakenOver(int woken, int late);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reminders that were handed over to this silo cannot be read")]
    partial void LogUnreadable(Exception fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{UserId} could not be woken")]
    partial void LogNotWoken(Exception fault, string userId);
}
