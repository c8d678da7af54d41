namespace Alerts;

/// <summary>Which addresses may be linked or shown as a picture. Pure.</summary>
public static class WebLink
{
    /// <summary>The most characters of an address that is linked; eBay's are far shorter.</summary>
    public const int MaxLength = 2_000;

    /// <summary>
    /// The address in its normal form; null when it is no http or https address, names a user, is too long or holds a character that
    /// has no place in an address.
    /// </summary>
    public static string? Of(string? url) =>
        url is { Length: > 0 and <= MaxLength }
        && !url.AsSpan().ContainsAnyInRange('\0', ' ') && !url.Contains('\\', StringComparison.Ordinal)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0 && uri.AbsoluteUri.Length <= MaxLength
            ? uri.AbsoluteUri
            : null;

    /// <summary>The address in its normal form; null when it may not be linked, or its host is none of <paramref name="hosts"/> nor below one.</summary>
    public static string? Of(string? url, IReadOnlyCollection<string> hosts) =>
        Of(url) is { } link && new Uri(link).IdnHost is var host && hosts.Any(allowed => IsWithin(host, allowed)) ? link : null;

    static bool IsWithin(string host, string allowed) =>
        host.EndsWith(allowed, StringComparison.OrdinalIgnoreCase) && (host.Length == allowed.Length || host[^(allowed.Length + 1)] == '.');
}
