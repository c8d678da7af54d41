using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Alerts.Silo.Health;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Alerts.Gateway.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/startup</c>: it has found the cluster. <c>/health/ready</c>: grains answer. The
/// store is not asked: much is still served without it, and all gateways would go out of service at once.
/// </summary>
static class Health
{
    const string Path = "/health";
    const string Ready = "ready";
    static readonly TimeSpan timeout = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddAlertsHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<StartHealthCheck>("start", tags: [StartHealthCheck.Tag, Ready])
            .Add(Shared<GrainsHealthCheck>("grains"));
        return services;
    }

    /// <summary>HTTP is bound before the cluster is found: until then, everything except health answers 503.</summary>
    public static void UseStart(this WebApplication app)
    {
        var started = app.Lifetime.ApplicationStarted;
        app.Use((context, next) => started.IsCancellationRequested || context.Request.Path.StartsWithSegments(Path)
            ? next(context)
            : Problems.WriteUnavailableAsync(context));
    }

    public static void MapAlertsHealth(this WebApplication app)
    {
        app.MapHealth("live", null);
        app.MapHealth("startup", StartHealthCheck.Tag);
        app.MapHealth("ready", Ready);
    }

    static HealthCheckRegistration Shared<T>(string name) where T : class, IHealthCheck
    {
        SharedHealthCheck? shared = null;
        return new HealthCheckRegistration(
            name,
            provider => LazyInitializer.EnsureInitialized(ref shared,
                () => new SharedHealthCheck(ActivatorUtilities.CreateInstance<T>(provider))),
            failureStatus: null, tags: [Ready], timeout);
    }

    static void MapHealth(this WebApplication app, string name, string? tag) => app
        .MapHealthChecks($"{Path}/{name}", new HealthCheckOptions { Predicate = check => tag is not null && check.Tags.Contains(tag) })
        .DisableHttpMetrics().WithMetadata(LimitedTo.Probes);
}
