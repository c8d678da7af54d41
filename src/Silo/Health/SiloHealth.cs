using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Alerts.Silo.Health;

/// <summary>What a silo's process answers: <c>/health/live</c> that it runs, <c>/health/ready</c> that the silo and its store take calls.</summary>
public static class SiloHealth
{
    static readonly TimeSpan timeout = TimeSpan.FromSeconds(2);

    /// <summary>Adds the checks.</summary>
    public static IHostApplicationBuilder AddSiloHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks()
            .AddCheck<SiloHealthCheck>("silo", timeout: timeout)
            .AddCheck<StoreHealthCheck>("store", timeout: timeout);
        return builder;
    }

    /// <summary>Maps both addresses.</summary>
    public static WebApplication MapSiloHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).DisableHttpMetrics();
        app.MapHealthChecks("/health/ready").DisableHttpMetrics();
        return app;
    }
}
