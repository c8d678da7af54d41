using Alerts.Sql;
using Microsoft.Extensions.Logging;

namespace Alerts.SharedData;

/// <summary>
/// Tries idempotent writes again while the shared database fails: after 100 ms, then twice as long up to 5 s, for
/// <see cref="SharedDataOptions.RetryTime"/> in all a delivery. One attempt at a time: one that takes longer than
/// <see cref="SharedDataOptions.AttemptTime"/> keeps its connection until the driver gives up, and the next waits for that,
/// six times as long at most: a driver that never gives up must not keep the rows from the database for ever.
/// </summary>
/// <param name="options">How long.</param>
/// <param name="dialect">Tells faults that pass from values that are refused.</param>
/// <param name="metrics">Counts faults.</param>
/// <param name="clock">The machine's clock: what is waited for is a real server, whatever time it is in the product.</param>
/// <param name="logger">Hears of faults.</param>
public sealed partial class DatabaseRetry(
    SharedDataOptions options, SqlDialect dialect, SharedDataMetrics metrics, TimeProvider clock, ILogger logger)
{
    static readonly BackOff backOff = new(First: TimeSpan.FromMilliseconds(100), Max: TimeSpan.FromSeconds(5));

    /// <summary>How often an attempt that has hung is waited for: with the default, twice as long as the drivers let a command take.</summary>
    const int MaxWaits = 6;

    volatile bool stopped;
    Task lastAttempt = Task.CompletedTask;
    int waits;

    /// <summary>Since when the database has failed; null while it works.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>When an attempt last succeeded.</summary>
    public DateTimeOffset? LastSuccess { get; private set; }

    /// <summary>A moment at which a delivery begins.</summary>
    public long Begin() => clock.GetTimestamp();

    /// <summary>From now on a fault is not tried again.</summary>
    public void Stop() => stopped = true;

    /// <summary>Writes, trying again as long as the delivery has time.</summary>
    /// <exception cref="StoreUnavailableException">The database failed for the whole time, or until <see cref="Stop"/>.</exception>
    public async Task RunAsync(Func<Task> write, long began)
    {
        for (var faults = 1; ; faults++)
        {
            var pause = backOff.After(faults);
            try
            {
                await AttemptAsync(write);
                Succeeded(clock.GetUtcNow());
                return;
            }
            catch (Exception fault) when (dialect.IsTransient(fault))
            {
                FailingSince ??= clock.GetUtcNow();
                metrics.Failed();
                if (stopped || clock.GetElapsedTime(began) + pause >= options.RetryTime)
                    throw new StoreUnavailableException("The shared database does not take writes.");
                LogRetry(pause, fault.GetType().Name, fault.Message);
            }

            await Task.Delay(pause, clock);
        }
    }

    async Task AttemptAsync(Func<Task> write)
    {
        if (!lastAttempt.IsCompleted && waits++ < MaxWaits)
            await lastAttempt.WaitAsync(options.AttemptTime, clock);
        waits = 0;
        var attempt = Task.Run(write);
        // Ends when the attempt does, and never fails: the fault of one that is waited for no longer is nobody's concern.
        lastAttempt = attempt.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        await attempt.WaitAsync(options.AttemptTime, clock);
    }

    void Succeeded(DateTimeOffset now)
    {
        if (FailingSince is { } since)
        {
            var outage = now - since;
            LogRecovered(outage);
        }

        FailingSince = null;
        LastSuccess = now;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shared database failed, trying again in {Pause}: {Fault}: {Message}")]
    partial void LogRetry(TimeSpan pause, string fault, string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "The shared database works again after {Outage}")]
    partial void LogRecovered(TimeSpan outage);
}
