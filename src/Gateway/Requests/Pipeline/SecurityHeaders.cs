using Alerts.Configuration;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>
/// The browser's permissions for answers that do not set their own: none, except for the pages of Swagger and the dashboard.
/// </summary>
static class SecurityHeaders
{
    const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Swagger and the dashboard have styles and scripts inside their pages.</summary>
    const string OwnPages =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    static readonly string[] sites = ["/docs", "/dashboard"];

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var isSecure = new Uri(app.Services.GetRequiredService<IOptions<AlertsOptions>>().Value.PublicUrl).Scheme == Uri.UriSchemeHttps;
        app.Use((context, next) =>
        {
            var isSite = Array.Exists(sites, site => context.Request.Path.StartsWithSegments(site, StringComparison.Ordinal));
            // Set when the answer starts: an error's answer removes headers set before.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                if (headers.ContentSecurityPolicy.Count == 0)
                    headers.ContentSecurityPolicy = isSite ? OwnPages : Nothing;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                if (isSecure)
                    headers.StrictTransportSecurity = "max-age=31536000";
                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
