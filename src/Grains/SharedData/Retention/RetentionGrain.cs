using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.SharedData.Retention;

/// <summary>
/// Runs <see cref="RetentionSweep"/> at every reminder, beside its calls. Rows that a run leaves after a fault or a stop are deleted by the
/// next run.
/// </summary>
public sealed partial class RetentionGrain(
    RetentionSweep retention,
    SharedDataMetrics metrics,
    IOptions<SharedDataOptions> options,
    ILogger<RetentionGrain> logger) : Grain, IRetentionGrain, IDisposable
{
    const string ReminderName = "retention";
    readonly CancellationTokenSource stopping = new();
    Task run = Task.CompletedTask;

    public async Task StartAsync()
    {
        // Setting an existing reminder again would delay its next tick at every start of a silo.
        if (await this.GetReminder(ReminderName) is null)
            await this.RegisterOrUpdateReminder(ReminderName, options.Value.RetentionPeriod, options.Value.RetentionPeriod);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (run.IsCompleted)
        {
            DelayDeactivation(options.Value.RetentionPeriod);
            run = RunAsync();
        }

        // The setting may have changed since the reminder was set.
        if (status.Period != options.Value.RetentionPeriod)
            await this.RegisterOrUpdateReminder(ReminderName, options.Value.RetentionPeriod, options.Value.RetentionPeriod);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await run;
    }

    public void Dispose() => stopping.Dispose();

    async Task RunAsync()
    {
        try
        {
            var deleted = await retention.RunAsync(stopping.Token);
            metrics.Deleted(deleted);
            LogDone(deleted);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The next run does the rest.
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shared data: {Rows} old rows were deleted")]
    partial void LogDone(int rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deleting old shared data failed; the next run goes on")]
    partial void LogFailed(Exception failure);
}
