namespace Alerts;

/// <summary>Which addresses may be used for links and pictures. Pure.</summary>
public static class WebLink
{
    /// <summary>Length limit of an address that is linked; eBay's are much shorter.</summary>
    public const int MaxLength = 2_000;

    /// <summary>
    /// The address in its normal form. Null when it is no http or https address, contains a user name, is too long, or has an invalid
    /// character.
    /// </summary>
    public static string? Of(string? url) =>
        url is { Length: > 0 and <= MaxLength }
        && !url.AsSpan().ContainsAnyInRange('\0', ' ') && !url.Contains('\\', StringComparison.Ordinal)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0 && uri.AbsoluteUri.Length <= MaxLength
            ? uri.AbsoluteUri
            : null;

    /// <summary>
    /// The address in its normal form; null when it may not be linked, or its host is neither one of <paramref name="hosts"/> nor below
    /// one.
    /// </summary>
    public static string? Of(string? url, IReadOnlyCollection<string> hosts) =>
        Of(url) is { } link && new Uri(link).IdnHost is var host && hosts.Any(allowed => IsWithin(host, allowed)) ? link : null;

    static bool IsWithin(string host, string allowed) =>
        host.EndsWith(allowed, StringComparison.OrdinalIgnoreCase) && (host.Length == allowed.Length || host[^(allowed.Length + 1)] == '.');
}
