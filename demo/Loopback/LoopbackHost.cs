using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Alerts.Demo.Loopback;

/// <summary>
/// A bare Kestrel on a bound loopback socket: it reads no configuration and no environment, and does not listen to Ctrl-C,
/// so that a demo server beside a gateway is moved only by its own options and stopped only by its owner.
/// </summary>
static class LoopbackHost
{
    /// <summary>Request bodies above this many bytes are refused.</summary>
    const int MaxRequestBodyBytes = 64 * 1024;

    public static async Task<WebApplication> StartAsync(Socket bound, Action<WebApplication> map, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
                kestrel.Listen((IPEndPoint)bound.LocalEndPoint!, options => listen?.Invoke(options));
            })
            .UseSockets(sockets => sockets.CreateBoundListenSocket = _ => bound);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        var app = builder.Build();
        map(app);
        try
        {
            await app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            bound.Dispose();
            throw;
        }
    }

    sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
