using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Alerts.Silo.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/startup</c>: it has started. <c>/health/ready</c>: the silo is a member and accepts
/// calls. The store is not asked: an outage concerns all silos, and taking all of them out of service would help nobody.
/// </summary>
public static class SiloHealth
{
    public static IHostApplicationBuilder AddSiloHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks()
            .AddCheck<StartHealthCheck>("start", tags: [StartHealthCheck.Tag])
            .AddCheck<SiloHealthCheck>("silo");
        return builder;
    }

    public static WebApplication MapSiloHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).DisableHttpMetrics();
        app.MapHealthChecks("/health/startup", new HealthCheckOptions { Predicate = check => check.Tags.Contains(StartHealthCheck.Tag) })
            .DisableHttpMetrics();
        app.MapHealthChecks("/health/ready").DisableHttpMetrics();
        return app;
    }
}
