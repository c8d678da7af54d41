using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>What a browser may do with our pages: scripts and styles of ours alone, pictures of listings from eBay, no frames, no caches, no referrer.</summary>
sealed class PageHeaders(IConfiguration configuration)
{
    const string Key = "Alerts.Nonce";
    const string EbayPictures = "https://*.ebayimg.com";

    /// <summary>A stand-in for eBay, such as the sandbox of the demonstration, serves the pictures of its listings itself.</summary>
    readonly string pictures = Uri.TryCreate(configuration["Alerts:Ebay:BaseUrl"], UriKind.Absolute, out var ebay)
        ? $"{EbayPictures} {ebay.GetLeftPart(UriPartial.Authority)}"
        : EbayPictures;

    /// <summary>The nonce that the scripts and styles of this answer carry.</summary>
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
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' data: {pictures}; "
            + "worker-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
    }
}
