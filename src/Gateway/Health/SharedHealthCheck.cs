using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Alerts.Gateway.Health;

/// <summary>However many ask at once, one look answers all: the probes are open to anybody.</summary>
sealed class SharedHealthCheck(IHealthCheck check) : IHealthCheck
{
    readonly Lock gate = new();
    Task<HealthCheckResult>? look;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            // Nobody's cancellation ends the look of the others.
            if (look is null or { IsCompleted: true })
                look = Task.Run(() => check.CheckHealthAsync(context, CancellationToken.None), CancellationToken.None);
            return look.WaitAsync(cancellationToken);
        }
    }
}
