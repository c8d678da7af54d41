using System.Text;
using System.Text.Encodings.Web;

namespace Alerts.Gateway.Pages;

/// <summary>A small page for people who follow a link of a mail: no scripts, nothing from elsewhere, never indexed or cached.</summary>
static class Page
{
    const string Style = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
        + "h1{font-size:1.5rem}button,.button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.4rem;background:#0b57d0;color:#fff;text-decoration:none;cursor:pointer}"
        + "code{word-break:break-all}td,th{text-align:left;padding:.1rem 1.5rem .1rem 0}td+td,th+th{text-align:right;padding-right:0}@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}}";

    /// <summary>A page with a heading and a body of HTML.</summary>
    public static IResult Of(string title, string body, int status = StatusCodes.Status200OK) => new Html(
        $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>{Encode(title)}</title><style>{Style}</style></head><body><main><h1>{Encode(title)}</h1>{body}</main></body></html>",
        status);

    /// <summary>A form with one button that posts to where it stands, or to another path of this gateway.</summary>
    public static string Button(string label, string? path = null) =>
        $"<form method=\"post\"{(path is null ? "" : $" action=\"{Encode(path)}\"")}><button>{Encode(label)}</button></form>";

    /// <summary>Text as HTML.</summary>
    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    sealed class Html(string html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
            headers.CacheControl = "no-store";
            headers["Referrer-Policy"] = "no-referrer";
            headers.XContentTypeOptions = "nosniff";
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(html, Encoding.UTF8, context.RequestAborted);
        }
    }
}
