using System.IO.Compression;
using System.Security.Cryptography;
using Alerts.Gateway.Limits;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>
/// The stylesheet and the scripts of the pages, compressed once. Their names change with their content, so browsers keep them for a year.
/// </summary>
sealed class PageAssets
{
    const string JavaScript = "text/javascript; charset=utf-8";

    readonly Dictionary<string, Asset> assets = new(StringComparer.Ordinal);
    readonly Asset worker;

    public PageAssets()
    {
        Style = Add("site.css", "text/css; charset=utf-8");
        Script = Add("site.js", JavaScript);
        worker = assets[Path.GetFileName(Add("push.js", JavaScript))];
    }

    /// <summary>The stylesheet's path, relative to the pages.</summary>
    public string Style { get; }

    /// <summary>The script's path, relative to the pages.</summary>
    public string Script { get; }

    public static void Map(WebApplication app)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/assets/{name}", methods, Send).WithMetadata(LimitedTo.Nothing).ExcludeFromDescription();
        app.MapMethods("/push.js", methods, SendWorker).WithMetadata(LimitedTo.Nothing).ExcludeFromDescription();
    }

    /// <summary>A browser knows a service worker by its address, which stays, and serves the pages below it.</summary>
    static IResult SendWorker(HttpContext context, PageAssets pages)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(pages.worker.Plain, pages.worker.MediaType);
    }

    static IResult Send(string name, HttpContext context, PageAssets pages)
    {
        if (!pages.assets.TryGetValue(name, out var asset))
            return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
            return Results.Bytes(asset.Plain, asset.MediaType);
        headers.ContentEncoding = "br";
        return Results.Bytes(asset.Compressed, asset.MediaType);
    }

    string Add(string file, string mediaType)
    {
        using var source = typeof(PageAssets).Assembly.GetManifestResourceStream($"Pages/{file}")!;
        using var plain = new MemoryStream();
        source.CopyTo(plain);
        var content = plain.ToArray();
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
            brotli.Write(content);
        var name = $"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}-{file}";
        assets[name] = new Asset(content, compressed.ToArray(), mediaType);
        return $"assets/{name}";
    }

    sealed record Asset(byte[] Plain, byte[] Compressed, string MediaType);
}
