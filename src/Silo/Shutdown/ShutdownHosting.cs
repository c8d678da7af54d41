using Alerts.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Shutdown;

/// <summary>Registers the orderly end of a process.</summary>
static class ShutdownHosting
{
    /// <summary>The time in which Orleans, the streams and Kestrel must stop, after the runs.</summary>
    static readonly TimeSpan rest = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddGracefulShutdown(this IServiceCollection services)
    {
        services.AddSettings<ShutdownOptions>(ShutdownOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>((host, shutdown) =>
            host.ShutdownTimeout = shutdown.Value.ReadinessLead + shutdown.Value.RunGrace + rest);
        services.AddSingleton<GracefulShutdown>().AddHostedService(provider => provider.GetRequiredService<GracefulShutdown>());
        services.AddHealthChecks().AddCheck<GracefulShutdown>("running", tags: ["ready"]);
        return services;
    }
}
