using System.Net;
using Alerts.Configuration;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Transport;

/// <summary>Logs at the start who can reach the cluster's ports, and checks once a day whether the certificate ends soon.</summary>
sealed partial class TlsWatch(
    IOptions<AlertsOptions> alerts, IOptions<ClusterTlsOptions> tls, IServiceProvider services, TimeProvider clock,
        ILogger<TlsWatch> logger)
    : IHostedService, IDisposable
{
    static readonly TimeSpan period = TimeSpan.FromDays(1);

    ITimer? timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (alerts.Value.Mode is not AlertsMode.Cluster)
            return Task.CompletedTask;
        if (tls.Value.IsOn)
        {
            var certificates = services.GetRequiredService<TlsCertificates>();
            certificates.Look();
            timer = clock.CreateTimer(_ => certificates.Look(), null, period, period);
        }
        else if (services.GetService<ILocalSiloDetails>()?.SiloAddress.Endpoint is { } endpoint && !IPAddress.IsLoopback(endpoint.Address))
        {
            LogOpen(endpoint);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => timer?.Dispose();

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The silo listens at {Endpoint} without TLS: whoever reaches its ports can read and erase every user. " +
        "Set Alerts__Tls__Certificate, Alerts__Tls__Key and Alerts__Tls__Authority (deploy/make-secrets makes the files), or let nobody "
        + "else reach the ports")]
    partial void LogOpen(IPEndPoint endpoint);
}
