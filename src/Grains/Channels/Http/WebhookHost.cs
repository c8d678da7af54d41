using System.Net;

namespace Alerts.Channels.Http;

/// <summary>Recognizes the addresses of a platform's incoming webhooks. Pure.</summary>
static class WebhookHost
{
    /// <summary>
    /// Whether an address has one of these hosts and begins with this path. If loopback is allowed, this machine may stand for the host.
    /// </summary>
    public static bool IsOf(string url, string path, ChannelOptions options, params string[] hosts) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.AbsolutePath.StartsWith(path, StringComparison.Ordinal) && address.AbsolutePath.Length > path.Length)
        && (hosts.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase)
            || (options.AllowLoopback && IPAddress.TryParse(address.IdnHost, out var literal) && IPAddress.IsLoopback(literal)));
}
