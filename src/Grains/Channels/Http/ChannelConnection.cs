using System.Net;
using System.Net.Sockets;

namespace Alerts.Channels.Http;

/// <summary>
/// Opens connections for channels. It looks a name up once, checks all its addresses, and connects to one of exactly these. So a name that
/// changes its address a moment later cannot get around the check.
/// </summary>
/// <param name="allowLoopback">Whether connections to this machine are allowed.</param>
/// <param name="resolve">Looks a name up; by default with the machine's resolver.</param>
sealed class ChannelConnection(bool allowLoopback, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <exception cref="AddressNotPublicException">One of the host's addresses is not part of the public internet.</exception>
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
