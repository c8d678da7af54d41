using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Mail.Log;

/// <summary>
/// Deletes records of the delivery log over their time (<see cref="MailOptions.KeepDeliveryLog"/>), every hour and in every silo: whoever
/// comes second finds nothing left to do. Small batches, and as long a pause after each as it took, leave room for those who write.
/// </summary>
public sealed partial class DeliveryLogRetention(
    DeliveryLog log, IOptions<MailOptions> options, TimeProvider clock, ILogger<DeliveryLogRetention> logger) : BackgroundService
{
    /// <summary>The most records deleted at once.</summary>
    public const int BatchLimit = 250;

    static readonly TimeSpan period = TimeSpan.FromHours(1);

    /// <summary>Deletes what is over its time now, and says how many records.</summary>
    /// <exception cref="DbException">The database did not take it; what was deleted before is gone.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.KeepDeliveryLog;
        for (var all = 0; ;)
        {
            var begin = clock.GetTimestamp();
            var deleted = await log.DeleteBeforeAsync(before, BatchLimit, cancellationToken);
            all += deleted;
            if (deleted < BatchLimit)
                return all;
            await Task.Delay(clock.GetElapsedTime(begin), clock, cancellationToken);
        }
    }

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
                LogDone(deleted);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery log: {Records} records over their time were deleted")]
    partial void LogDone(int records);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deleting old records of the delivery log failed; the next run goes on")]
    partial void LogFailed(Exception fault);
}
