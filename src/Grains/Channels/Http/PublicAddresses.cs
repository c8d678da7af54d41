using System.Net;
using Microsoft.Security.AntiSSRF;

namespace Alerts.Channels.Http;

/// <summary>Tells addresses of the public internet from all others. Pure.</summary>
static class PublicAddresses
{
    static readonly IPNetwork[] closed = [.. IPAddressRanges.recommendedLatest.Select(Parse)];

    /// <summary>Global unicast, the only assigned part of IPv6.</summary>
    static readonly IPNetwork global = IPNetwork.Parse("2000::/3");

    /// <summary>
    /// Whether anybody can reach the address: it is not on this machine or its network, and is no tunnel into IPv4 networks.
    /// </summary>
    public static bool Contain(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork || global.Contains(plain))
            && !closed.Any(network => network.Contains(plain));
    }

    static IPNetwork Parse(string range) => range.Contains('/', StringComparison.Ordinal)
        ? IPNetwork.Parse(range)
        : IPAddress.Parse(range) is var one ? new IPNetwork(one, one.GetAddressBytes().Length * 8) : default;
}
