using System.Reflection;
using System.Text.Encodings.Web;

namespace Alerts.Demo.Loopback;

/// <summary>The frame and the style sheet of the pages people open in a browser.</summary>
static class Page
{
    static readonly byte[] Style = ReadStyle();

    /// <summary>HTML-encodes text that came from outside.</summary>
    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static void MapStyle(this IEndpointRouteBuilder routes) => routes.MapGet("/style.css", context =>
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.Body.WriteAsync(Style, context.RequestAborted).AsTask();
    });

    /// <summary>Writes a whole page; <paramref name="body"/> is HTML, the title is text.</summary>
    public static Task WriteAsync(HttpContext context, string title, string body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(title)}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            {body}
            </body>
            </html>
            """, context.RequestAborted);
    }

    static byte[] ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("style.css")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
