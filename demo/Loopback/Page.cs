using System.Reflection;
using System.Text.Encodings.Web;

namespace Alerts.Demo.Loopback;

/// <summary>The frame, the style sheet and the script of the pages people open in a browser.</summary>
static class Page
{
    const string Policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>HTML-encodes text that came from outside.</summary>
    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        MapAsset(routes, "style.css", "text/css; charset=utf-8");
        MapAsset(routes, "page.js", "text/javascript; charset=utf-8");
    }

    /// <summary>Writes a whole page; <paramref name="body"/> is HTML, the title is text.</summary>
    public static Task WriteAsync(HttpContext context, string title, string body, int status = StatusCodes.Status200OK)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        return response.WriteAsync($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(title)}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/style.css">
            <script src="/page.js" defer></script>
            </head>
            <body>
            {body}
            </body>
            </html>
            """, context.RequestAborted);
    }

    /// <summary>The top of a page: a title, a line below it, and HTML to its right.</summary>
    public static string Top(string title, string line, string right = "") => $"""
        <header class="top"><div class="grow"><h1>{Encode(title)}</h1><p>{line}</p></div>{right}</header>
        """;

    static void MapAsset(IEndpointRouteBuilder routes, string name, string contentType)
    {
        var bytes = Read(name);
        routes.MapGet($"/{name}", context =>
        {
            context.Response.ContentType = contentType;
            context.Response.Headers.CacheControl = "no-cache";
            return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        });
    }

    static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
