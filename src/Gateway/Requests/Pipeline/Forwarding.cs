using Alerts.Configuration;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>
/// Behind a reverse proxy every request comes from the proxy. From the proxies in the settings, and from nobody else, we take the caller's
/// address, on which rate limits rest, and the scheme and host that the API document names as its server.
/// </summary>
static class Forwarding
{
    public static IServiceCollection AddAlertsForwarding(this IServiceCollection services)
    {
        services.AddSettings<ForwardingOptions>(ForwardingOptions.Section);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ForwardingOptions>, IOptions<AlertsOptions>>((headers, forwarding, alerts) =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            headers.ForwardLimit = forwarding.Value.Limit;
            // The framework trusts the loopback address unless told otherwise, and would let the caller name any host.
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in forwarding.Value.Networks())
                headers.KnownIPNetworks.Add(network);
            headers.AllowedHosts = [new Uri(alerts.Value.PublicUrl).Host];
        });
        return services;
    }

    /// <summary>Before all else, so that nothing sees the proxy's address. Without proxies in the settings the headers mean nothing: the framework's middleware would believe everybody then.</summary>
    public static void UseAlertsForwarding(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ForwardingOptions>>().Value.Networks().Any())
            app.UseForwardedHeaders();
    }
}
