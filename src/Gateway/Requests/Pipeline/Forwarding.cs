using Alerts.Configuration;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>
/// Behind a reverse proxy every request comes from the proxy. Only configured proxies may state the caller's address, which rate limits
/// use, and the scheme and host, which the API document names as its server.
/// </summary>
static partial class Forwarding
{
    static readonly string[] headers = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"];

    public static IServiceCollection AddAlertsForwarding(this IServiceCollection services)
    {
        services.AddSettings<ForwardingOptions>(ForwardingOptions.Section);
        services.AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<ForwardingOptions>, IOptions<AlertsOptions>>((headers, forwarding, alerts) =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            headers.ForwardLimit = forwarding.Value.Limit;
            // The framework trusts the loopback address by default, and would then let the caller name any host.
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in forwarding.Value.Networks())
                headers.KnownIPNetworks.Add(network);
            headers.AllowedHosts = [new Uri(alerts.Value.PublicUrl).Host];
        });
        return services;
    }

    /// <summary>
    /// Call before everything else, so that nothing sees the proxy's address. Without configured proxies the headers are ignored, and the
    /// first request with one causes a warning: behind an untrusted proxy all callers share one limit.
    /// </summary>
    public static void UseAlertsForwarding(this WebApplication app)
    {
        // A probe by HTTP/1.0 names no host, but pages need one.
        var own = new HostString(new Uri(app.Services.GetRequiredService<IOptions<AlertsOptions>>().Value.PublicUrl).Authority);
        app.Use((context, next) =>
        {
            if (!context.Request.Host.HasValue)
                context.Request.Host = own;
            return next(context);
        });
        if (app.Services.GetRequiredService<IOptions<ForwardingOptions>>().Value.Networks().Any())
        {
            app.UseForwardedHeaders();
            return;
        }

        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Alerts.Gateway.Forwarding");
        var isSaid = 0;
        app.Use((context, next) =>
        {
            if (Array.Exists(headers, context.Request.Headers.ContainsKey) && Interlocked.Exchange(ref isSaid, 1) == 0)
                LogNotTrusted(logger);
            return next(context);
        });
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Requests come with X-Forwarded headers, and no proxy is trusted: all callers behind a proxy share one rate limit. If a "
            + "proxy of yours stands in front, name it in Alerts__Forwarding__TrustedProxies__0")]
    static partial void LogNotTrusted(ILogger logger);
}
