using Microsoft.Extensions.Logging;

namespace Alerts.SharedData.Sql;

/// <summary>
/// Tries idempotent writes again while the database fails: after 100 ms, then twice as long up to 5 s, for
/// <see cref="SharedDataOptions.RetryTime"/> in all a delivery. An attempt that takes longer than <see cref="SharedDataOptions.AttemptTime"/>
/// is left to itself, which is harmless for a write that may be repeated.
/// </summary>
/// <param name="options">How long.</param>
/// <param name="metrics">Counts failures.</param>
/// <param name="time">The machine's clock: what is waited for is a real server, whatever time it is in the product.</param>
/// <param name="logger">Hears of failures.</param>
public sealed partial class DatabaseRetry(SharedDataOptions options, SharedDataMetrics metrics, TimeProvider time, ILogger logger)
{
    static readonly BackOff backOff = new(First: TimeSpan.FromMilliseconds(100), Max: TimeSpan.FromSeconds(5));

    volatile bool stopped;

    /// <summary>Since when the database has failed; null while it works.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>When an attempt last succeeded.</summary>
    public DateTimeOffset? LastSuccess { get; private set; }

    /// <summary>Begins the time of a delivery.</summary>
    public Delivery Begin() => new(this, time.GetTimestamp());

    /// <summary>From now on a failure is not tried again.</summary>
    public void Stop() => stopped = true;

    async Task RunAsync(Func<Task> write, long began)
    {
        for (var faults = 1; ; faults++)
        {
            var pause = backOff.After(faults);
            try
            {
                await AttemptAsync(write);
                Succeeded(time.GetUtcNow());
                return;
            }
            catch (Exception failure) when (DatabaseFailure.IsTransient(failure))
            {
                FailingSince ??= time.GetUtcNow();
                metrics.Failed();
                if (stopped || time.GetElapsedTime(began) + pause >= options.RetryTime)
                    throw new StoreUnavailableException("The shared database does not take writes.");
                LogRetry(pause, failure.GetType().Name, failure.Message);
            }

            await Task.Delay(pause, time);
        }
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

    async Task AttemptAsync(Func<Task> write)
    {
        var attempt = Task.Run(write);
        try
        {
            await attempt.WaitAsync(options.AttemptTime, time);
        }
        catch (TimeoutException) when (!attempt.IsCompleted)
        {
            // Its failure, when it comes, is nobody's news any more.
            _ = attempt.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shared database failed, trying again in {Pause}: {Failure}: {Message}")]
    partial void LogRetry(TimeSpan pause, string failure, string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "The shared database works again after {Outage}")]
    partial void LogRecovered(TimeSpan outage);

    /// <summary>The writes of one delivery, which share its time.</summary>
    public readonly struct Delivery(DatabaseRetry retry, long began)
    {
        /// <summary>Writes, trying again as long as the delivery has time.</summary>
        /// <exception cref="StoreUnavailableException">The database failed for the whole time, or until <see cref="Stop"/>.</exception>
        public Task RunAsync(Func<Task> write) => retry.RunAsync(write, began);
    }
}
