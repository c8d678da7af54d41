using System.Net;
using System.Net.Sockets;

namespace Alerts.Silo;

/// <summary>
/// Two free ports, chosen at the first use. Another process may take one before the silo does. Then the silo stops with the system's
/// "address already in use", and its next start chooses again.
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
