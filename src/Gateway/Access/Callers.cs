using System.Net;
using System.Net.Sockets;
using System.Security.Claims;

namespace Alerts.Gateway.Access;

/// <summary>Who asks, for limits and for names that must not be shared between callers.</summary>
static class Callers
{
    /// <summary>An IPv6 caller has a whole /64 to choose addresses from.</summary>
    public const int NetworkBits = 64;

    /// <summary>And its site has 65,536 of those.</summary>
    public const int SiteBits = 48;

    /// <summary>Whether the caller comes by IPv6.</summary>
    public static bool IsIPv6(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false };

    /// <summary>The key or user, or the network of who gives neither.</summary>
    public static string CallerOf(this HttpContext context) =>
        context.User.FindFirstValue(AccessClaims.Subject) ?? context.NetworkOf(NetworkBits);

    /// <summary>The caller's IPv4 address, or the IPv6 network of so many bits.</summary>
    public static string NetworkOf(this HttpContext context, int bits)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? new IPNetwork(Prefix(address, bits / 8), bits).ToString() : address.ToString();
    }

    static IPAddress Prefix(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(length).Clear();
        return new IPAddress(bytes);
    }
}
