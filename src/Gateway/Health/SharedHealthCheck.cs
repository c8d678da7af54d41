using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Alerts.Gateway.Health;

/// <summary>One check answers all requests that come at the same time: everybody may call the probes.</summary>
sealed class SharedHealthCheck(IHealthCheck check) : IHealthCheck
{
    readonly Lock gate = new();
    Task<HealthCheckResult>? look;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            // A cancelled request must not cancel the check for the others.
            if (look is null or { IsCompleted: true })
                look = Task.Run(() => check.CheckHealthAsync(context, CancellationToken.None), CancellationToken.None);
            return look.WaitAsync(cancellationToken);
        }
    }
}
