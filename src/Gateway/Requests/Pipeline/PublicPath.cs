using Alerts.Configuration;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>
/// <c>Alerts:PublicUrl</c> may have a path, when the service shares its host with others. Every link and form of a page is below it, no
/// matter whether the proxy passes that path on or removes it.
/// </summary>
static class PublicPath
{
    /// <summary>Call before routing, which sees the path without it.</summary>
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
