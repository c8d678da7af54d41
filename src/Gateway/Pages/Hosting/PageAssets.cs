using System.IO.Compression;
using System.Security.Cryptography;
using Alerts.Gateway.Limits;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>The stylesheet and the script of the pages, compressed once. Their names change with their content, so browsers keep them for a year.</summary>
sealed class PageAssets
{
    readonly Dictionary<string, Asset> assets = new(StringComparer.Ordinal);

    public PageAssets()
    {
        Style = Add("site.css", "text/css; charset=utf-8");
        Script = Add("site.js", "text/javascript; charset=utf-8");
    }

    /// <summary>The stylesheet's path, relative to the pages.</summary>
    public string Style { get; }

    /// <summary>The script's path, relative to the pages.</summary>
    public string Script { get; }

    public static void Map(WebApplication app) => app.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], Send)
        .WithMetadata(LimitedTo.Nothing).ExcludeFromDescription();

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
