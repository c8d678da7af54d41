using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>
/// Lets pages of the configured origins call the API from a browser; by default none. Tokens are sent in headers, so cookies are never
/// allowed.
/// </summary>
static class Cors
{
    static readonly string[] exposed = ["ETag", "Location", "Retry-After", "X-Request-Id", "Deprecation", "Sunset"];

    public static IServiceCollection AddAlertsCors(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<GatewayOptions>>((cors, gateway) => cors.AddDefaultPolicy(policy =>
            policy.WithOrigins([.. gateway.Value.CorsOrigins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(exposed)
                .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        return services;
    }
}
