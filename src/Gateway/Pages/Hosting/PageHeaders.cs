using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>
/// The browser's permissions on our pages: only our own scripts and styles, listings' pictures from eBay, no frames, no caches, no
/// referrer.
/// </summary>
sealed class PageHeaders(IConfiguration configuration)
{
    const string Key = "Alerts.Nonce";
    const string EbayPictures = "https://*.ebayimg.com";

    /// <summary>A replacement for eBay, such as the demonstration's, serves the pictures of its listings itself.</summary>
    readonly string pictures = Uri.TryCreate(configuration["Alerts:Ebay:BaseUrl"], UriKind.Absolute, out var ebay)
        ? $"{EbayPictures} {ebay.GetLeftPart(UriPartial.Authority)}"
        : EbayPictures;

    /// <summary>The nonce of this answer's scripts and styles.</summary>
    public static string NonceOf(HttpContext context)
    {
        if (context.Items[Key] is string made)
            return made;
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[Key] = nonce;
        return nonce;
    }

    public void Write(HttpContext context)
    {
        var nonce = NonceOf(context);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' data: {pictures}; "
            + "worker-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
    }
}
