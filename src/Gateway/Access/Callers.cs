using System.Net;
using System.Net.Sockets;
using System.Security.Claims;

namespace Alerts.Gateway.Access;

/// <summary>Identifies callers, for limits and for names that callers must not share.</summary>
static class Callers
{
    /// <summary>An IPv6 caller can choose addresses from a whole /64.</summary>
    public const int NetworkBits = 64;

    /// <summary>A site usually has a /48, which is 65,536 of those networks.</summary>
    public const int SiteBits = 48;

    /// <summary>Whether the caller comes by IPv6.</summary>
    public static bool IsIPv6(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false };

    /// <summary>The key or user; for other callers, their network.</summary>
    public static string CallerOf(this HttpContext context) =>
        context.User.FindFirstValue(AccessClaims.Subject) ?? context.NetworkOf(NetworkBits);

    /// <summary>The caller's IPv4 address, or its IPv6 network with this many bits.</summary>
    public static string NetworkOf(this HttpContext context, int bits)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? new IPNetwork(Prefix(address, bits / 8), bits).ToString() : address.ToString();
    }

    static IPAddress Prefix(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(length).Clear();
        return new IPAddress(bytes);
    }
}
