using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alerts;

/// <summary>
/// Deletes rows over their time every hour and in every silo: whoever comes second finds nothing left to do. Small batches, and as
/// long a pause after each as it took, leave room for those who write.
/// </summary>
/// <param name="what">What the rows are, for the log.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Says how many went, and faults.</param>
public abstract partial class HourlyDeletion(string what, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>The most rows deleted at once.</summary>
    public const int BatchLimit = 250;

    static readonly TimeSpan period = TimeSpan.FromHours(1);

    /// <summary>Deletes what is over its time now, and says how many rows.</summary>
    /// <exception cref="DbException">The database did not take it; what was deleted before is gone.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        for (var all = 0; ;)
        {
            var begin = clock.GetTimestamp();
            var deleted = await DeleteAsync(BatchLimit, cancellationToken);
            all += deleted;
            if (deleted < BatchLimit)
                return all;
            await Task.Delay(clock.GetElapsedTime(begin), clock, cancellationToken);
        }
    }

    /// <summary>Deletes at most <paramref name="limit"/> rows that are over their time, and says how many.</summary>
    protected abstract Task<int> DeleteAsync(int limit, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryRunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops; what is left is there at the next run.
        }
    }

    async Task TryRunAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await RunAsync(stoppingToken) is > 0 and var deleted)
                LogDone(logger, what, deleted);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(logger, fault, what);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{What}: {Rows} rows over their time were deleted")]
    static partial void LogDone(ILogger logger, string what, int rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What}: deleting old rows failed; the next run goes on")]
    static partial void LogFailed(ILogger logger, Exception fault, string what);
}
