using System.Globalization;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>
/// Version 1 of the API. Its answers contain personal data and tokens, so no cache may keep them. When a successor exists, two settings
/// announce the version's end in every answer, including errors (RFC 9745, RFC 8594).
/// </summary>
static class Version1
{
    /// <summary>The path of all its operations.</summary>
    public const string Path = "/v1";

    public static void UseVersion1(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        app.Use((context, next) =>
        {
            // Set when the answer starts: an error's answer removes headers set before.
            if (context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal))
                context.Response.OnStarting(() => WriteAsync(context.Response.Headers, options));
            return next(context);
        });
    }

    static Task WriteAsync(IHeaderDictionary headers, GatewayOptions options)
    {
        headers.CacheControl = "no-store";
        if (options.DeprecatedSince is not { } since)
            return Task.CompletedTask;
        headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{since.ToUnixTimeSeconds()}");
        if (options.SunsetAt is { } end)
            headers["Sunset"] = end.ToString("R", CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}
