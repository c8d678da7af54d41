using Alerts.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Alerts.Gateway.Health;

/// <summary>Whether a silo answers a call.</summary>
sealed class GrainsHealthCheck(IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await grains.GetGrain<IReadinessGrain>(0).AnswerAsync().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
