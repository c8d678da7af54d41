using Alerts.Gateway.Limits;
using Alerts.Silo.Health;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Alerts.Gateway.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: grains and their store answer too.</summary>
static class Health
{
    const string Ready = "ready";
    static readonly TimeSpan timeout = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddAlertsHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<GrainsHealthCheck>("grains", tags: [Ready], timeout: timeout)
            .AddCheck<StoreHealthCheck>("store", tags: [Ready], timeout: timeout);
        return services;
    }

    public static void MapAlertsHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).DisableHttpMetrics().WithMetadata(LimitedTo.Nothing);
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).DisableHttpMetrics().WithMetadata(LimitedTo.Nothing);
    }
}
