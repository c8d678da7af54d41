using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace Alerts.Gateway.Health;

/// <summary>Asks the cluster for its silos: answered only when a silo takes calls.</summary>
sealed class GrainsHealthCheck(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silos = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken).WaitAsync(cancellationToken);
        return silos.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No silo is active.");
    }
}
