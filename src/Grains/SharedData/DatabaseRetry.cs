using Alerts.Sql;
using Microsoft.Extensions.Logging;

namespace Alerts.SharedData;

/// <summary>
/// Repeats idempotent writes while the shared database fails: after 100 ms, then twice as long up to 5 s, for
/// <see cref="SharedDataOptions.RetryTime"/> in all per delivery. Only one attempt runs at a time. An attempt longer than
/// <see cref="SharedDataOptions.AttemptTime"/> keeps its connection until the driver gives up. The next attempt waits for that, at most six
/// times as long, because a driver that never gives up must not block writes for ever.
/// </summary>
/// <param name="options">The times.</param>
/// <param name="dialect">Tells transient faults from refused values.</param>
/// <param name="metrics">Counts faults.</param>
/// <param name="clock">The machine's clock: it measures waits for a real server, also while the product runs on another clock.</param>
/// <param name="logger">Gets the faults.</param>
public sealed partial class DatabaseRetry(
    SharedDataOptions options, SqlDialect dialect, SharedDataMetrics metrics, TimeProvider clock, ILogger logger)
{
    static readonly BackOff backOff = new(First: TimeSpan.FromMilliseconds(100), Max: TimeSpan.FromSeconds(5));

    /// <summary>How often to wait for an attempt that hangs. With the default this is twice the drivers' limit for a command.</summary>
    const int MaxWaits = 6;

    volatile bool stopped;
    Task lastAttempt = Task.CompletedTask;
    int waits;

    /// <summary>Since when the database has failed; null while it works.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>When an attempt last succeeded.</summary>
    public DateTimeOffset? LastSuccess { get; private set; }

    /// <summary>The start of a delivery.</summary>
    public long Begin() => clock.GetTimestamp();

    /// <summary>From now on faults are not retried.</summary>
    public void Stop() => stopped = true;

    /// <summary>Writes, and retries as long as the delivery has time.</summary>
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
        // Ends with the attempt and never fails: nobody needs the fault of an abandoned attempt.
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
