using System.Net;

namespace Alerts.Channels.Http;

/// <summary>The rules for a channel's address that can be checked without a connection. Pure.</summary>
static class ChannelUrl
{
    const int MaxLength = 2048;

    /// <summary>What is wrong with an address; null when it may be tried.</summary>
    /// <param name="allowLoopback">Whether the address may be this machine's, also with <c>http</c>.</param>
    public static string? Check(string? url, bool allowLoopback)
    {
        if (url is not { Length: > 0 and <= MaxLength } || url.Any(character => character is <= ' ' or >= '\u007F' or '\\')
            || !Uri.TryCreate(url, UriKind.Absolute, out var address))
            return $"The address must be a URL of at most {MaxLength} plain characters, such as https://example.org/alerts.";
        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            return "The address must hold no user name, password or fragment.";
        if (allowLoopback && IsLoopback(address) && address.Scheme is "http" or "https")
            return null;
        if (address.Scheme != Uri.UriSchemeHttps)
            return "The address must begin with https://.";
        return IPAddress.TryParse(address.IdnHost, out var literal)
            ? PublicAddresses.Contain(literal) ? null : "The address must be of the public internet."
            : address.IdnHost.TrimEnd('.').Contains('.', StringComparison.Ordinal)
                ? null : "The address must name a host of the public internet.";
    }

    static bool IsLoopback(Uri address) => IPAddress.TryParse(address.IdnHost, out var literal) && IPAddress.IsLoopback(literal);
}
