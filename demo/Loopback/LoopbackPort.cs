using System.Net;
using System.Net.Sockets;

namespace Alerts.Demo.Loopback;

/// <summary>Ports on 127.0.0.1, the only address the demo servers listen on.</summary>
static class LoopbackPort
{
    /// <summary>A socket bound to the port, not yet listening; port 0 takes a free one. Another address than 127.0.0.1 is for <see cref="SinksCommand"/> alone.</summary>
    /// <exception cref="PortInUseException">The port is taken; <paramref name="setting"/> is named as the way to move it.</exception>
    public static Socket Bind(int port, string setting, IPAddress? address = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address ?? IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new PortInUseException(port, setting, exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static int Of(Socket bound) => ((IPEndPoint)bound.LocalEndPoint!).Port;
}
