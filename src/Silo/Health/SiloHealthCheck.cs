using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Alerts.Silo.Health;

/// <summary>Whether this silo is a cluster member that accepts calls; false from the beginning of its stop.</summary>
sealed class SiloHealthCheck(ISiloStatusOracle membership) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(membership.CurrentStatus is SiloStatus.Active
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The silo is {membership.CurrentStatus}."));
}
