using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Alerts.Silo.Health;

/// <summary>Whether the process has started: databases migrated, cluster joined.</summary>
public sealed class StartHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public const string Tag = "start";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStarted.IsCancellationRequested
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The process starts."));
}
