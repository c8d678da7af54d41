using Alerts.Configuration;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>
/// <c>Alerts:PublicUrl</c> may have a path, for a service that is one of several at its host. Every link and form of a page stands under it,
/// whether the proxy in front passes that path on or takes it off.
/// </summary>
static class PublicPath
{
    /// <summary>Before routing, which sees the path without it.</summary>
    public static void UsePublicPath(this WebApplication app)
    {
        var path = Of(app.Services.GetRequiredService<IOptions<AlertsOptions>>().Value.PublicUrl);
        if (path.HasValue)
            app.Use((context, next) =>
            {
                if (context.Request.Path.StartsWithSegments(path, out var rest))
                    context.Request.Path = rest.HasValue ? rest : "/";
                context.Request.PathBase = path;
                return next(context);
            });
        app.UseRouting();
    }

    static PathString Of(string publicUrl) => new(new Uri(publicUrl).AbsolutePath.TrimEnd('/') is { Length: > 0 } path ? path : null);
}
