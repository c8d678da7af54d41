using System.Net;
using System.Net.Sockets;

namespace Alerts.Silo;

/// <summary>
/// Two ports nobody listens on, chosen once when first asked for. Another process may take one before the silo does;
/// the silo then stops with the system's "address already in use", and starting it again chooses anew.
/// </summary>
internal sealed class FreePorts
{
    readonly Lazy<(int First, int Second)> ports = new(Choose);

    public int First => ports.Value.First;

    public int Second => ports.Value.Second;

    static (int First, int Second) Choose()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
