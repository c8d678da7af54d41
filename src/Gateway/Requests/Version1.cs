using System.Globalization;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Requests;

/// <summary>Version 1 of the API. Once a successor exists, two settings announce its end in every answer (RFC 9745, RFC 8594).</summary>
static class Version1
{
    public static RouteGroupBuilder MapVersion1(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var v1 = app.MapGroup("/v1");
        if (options.DeprecatedSince is { } since)
            v1.AddEndpointFilter((context, next) =>
            {
                var headers = context.HttpContext.Response.Headers;
                headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{since.ToUnixTimeSeconds()}");
                if (options.SunsetAt is { } end)
                    headers["Sunset"] = end.ToString("R", CultureInfo.InvariantCulture);
                return next(context);
            });
        return v1;
    }
}
