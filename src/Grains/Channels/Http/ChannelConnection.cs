using System.Net;
using System.Net.Sockets;

namespace Alerts.Channels.Http;

/// <summary>
/// Opens connections for channels. A name is looked up once, all its addresses are checked, and one of those very addresses is connected
/// to: what the name means a moment later does not matter.
/// </summary>
/// <param name="allowLoopback">Whether this machine may be connected to.</param>
/// <param name="resolve">Looks a name up; by default the machine's own way.</param>
sealed class ChannelConnection(bool allowLoopback, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <exception cref="AddressNotPublicException">The host is, or is also, one that is not of the public internet.</exception>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(IsAllowed))
            throw new AddressNotPublicException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    bool IsAllowed(IPAddress address) => PublicAddresses.Contain(address)
        || (allowLoopback && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
