using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Transport;

/// <summary>How a silo listens; replaces Orleans' own listeners.</summary>
static class SiloPorts
{
    /// <summary>
    /// Opens no port. The only silo of a cluster needs no connections, and a port without a password would serve every account of the
    /// machine.
    /// </summary>
    public static void CloseAll(IServiceCollection services) => Replace(services, _ => new ClosedPorts());

    /// <summary>
    /// Opens each port exclusively. Orleans' listeners share theirs (SO_REUSEPORT), so a second silo with the same port would take half of
    /// the first one's connections. Kestrel's listeners do not: the second silo ends before it joins.
    /// </summary>
    public static void ShareNone(IServiceCollection services) => Replace(services, provider => new OwnPorts(new SocketTransportFactory(
        Options.Create(new SocketTransportOptions { MaxReadBufferSize = null, MaxWriteBufferSize = null }),
        provider.GetRequiredService<ILoggerFactory>())));

    static void Replace(IServiceCollection services, Func<IServiceProvider, IConnectionListenerFactory> make)
    {
        // Orleans does not publish the keys; there is one for silos and one for clients.
        var keys = services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory))
            .Select(service => service.ServiceKey).ToArray();
        if (keys.Length != 2)
            throw new NotSupportedException("Orleans has other listeners than those of silos and clients.");
        foreach (var key in keys)
        {
            services.RemoveAllKeyed<IConnectionListenerFactory>(key);
            services.AddKeyedSingleton(key, (provider, _) => make(provider));
        }
    }

    sealed class OwnPorts(IConnectionListenerFactory sockets) : IConnectionListenerFactory
    {
        public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            try
            {
                return await sockets.BindAsync(endpoint, cancellationToken);
            }
            catch (AddressInUseException fault)
            {
                throw new IOException($"{endpoint} is in use by another program; see Alerts__SiloPort and Alerts__GatewayPort.", fault);
            }
        }
    }

    sealed class ClosedPorts : IConnectionListenerFactory, IConnectionListener
    {
        readonly TaskCompletionSource<ConnectionContext?> end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.None, 0);

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            EndPoint = endpoint;
            return ValueTask.FromResult<IConnectionListener>(this);
        }

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(end.Task);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            end.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
