using System.Net;

namespace Alerts.Channels.Http;

/// <summary>Tells a platform's incoming webhooks from other addresses. Pure.</summary>
static class WebhookHost
{
    /// <summary>
    /// Whether an address is of one of these hosts and begins with a path; where this machine is allowed, it stands in for them.
    /// </summary>
    public static bool IsOf(string url, string path, ChannelOptions options, params string[] hosts) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.AbsolutePath.StartsWith(path, StringComparison.Ordinal) && address.AbsolutePath.Length > path.Length)
        && (hosts.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase)
            || (options.AllowLoopback && IPAddress.TryParse(address.IdnHost, out var literal) && IPAddress.IsLoopback(literal)));
}
