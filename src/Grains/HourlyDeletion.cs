using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alerts;

/// <summary>
/// Deletes old rows every hour. It runs in every silo; the second one finds nothing left to do. Batches are small, and after each comes a
/// pause as long as the batch took, so that writers are not delayed.
/// </summary>
/// <param name="what">The kind of rows, for the log.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Gets the number of deleted rows, and faults.</param>
public abstract partial class HourlyDeletion(string what, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>Rows deleted at once.</summary>
    public const int BatchLimit = 250;

    static readonly TimeSpan period = TimeSpan.FromHours(1);

    /// <summary>Deletes the rows that are too old now, and returns their number.</summary>
    /// <exception cref="DbException">The database failed; rows deleted before that are gone.</exception>
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

    /// <summary>Deletes at most <paramref name="limit"/> rows that are too old, and returns their number.</summary>
    protected abstract Task<int> DeleteAsync(int limit, CancellationToken cancellationToken);

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
            // The silo stops; the next run deletes the rest.
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

    [LoggerMessage(Level = LogLevel.Information, Message = "{What}: {Rows} old rows were deleted")]
    static partial void LogDone(ILogger logger, string what, int rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What}: deleting old rows failed; the next run goes on")]
    static partial void LogFailed(ILogger logger, Exception fault, string what);
}
