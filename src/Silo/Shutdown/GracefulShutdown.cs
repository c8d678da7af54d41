using Alerts.Runs;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Shutdown;

/// <summary>
/// The order in which a process ends. First readiness fails while requests are still answered. Then no run begins, and runs in flight end.
/// Then everything else stops. A gateway without a silo has no runs.
/// </summary>
public sealed partial class GracefulShutdown(
    IEnumerable<RunAdmission> admissions, IOptions<ShutdownOptions> options, TimeProvider clock, ILogger<GracefulShutdown> logger)
    : IHostedLifecycleService, IHealthCheck
{
    volatile bool isStopping;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(isStopping ? HealthCheckResult.Unhealthy("The process is about to stop.") : HealthCheckResult.Healthy());

    /// <summary>Called before anything is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        try
        {
            if (options.Value.ReadinessLead > TimeSpan.Zero)
                await Task.Delay(options.Value.ReadinessLead, clock, cancellationToken);
            var (inFlight, waiting) = (admissions.Sum(admission => admission.InFlight), admissions.Sum(admission => admission.Waiting));
            LogStopping(inFlight, waiting);
            using var grace = new CancellationTokenSource(options.Value.RunGrace, clock);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, cancellationToken);
            await Task.WhenAll(admissions.Select(admission => admission.CloseAsync(limit.Token)));
        }
        catch (OperationCanceledException)
        {
            var left = admissions.Sum(admission => admission.InFlight);
            LogLeft(left);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Stopping: waiting for {InFlight} runs in flight; {Waiting} that have not begun are left to the next tick")]
    partial void LogStopping(int inFlight, int waiting);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{InFlight} runs did not end in time; they continue from the stored state")]
    partial void LogLeft(int inFlight);
}
