using System.Net;
using Alerts.Configuration;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Transport;

/// <summary>Says at start who may reach the cluster's ports, and looks once a day whether the certificate ends soon.</summary>
sealed partial class TlsWatch(
    IOptions<AlertsOptions> alerts, IOptions<ClusterTlsOptions> tls, IServiceProvider services, TimeProvider clock, ILogger<TlsWatch> logger)
    : BackgroundService
{
    static readonly TimeSpan period = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (alerts.Value.Mode is not AlertsMode.Cluster)
            return;
        if (!tls.Value.IsOn)
        {
            if (services.GetService<ILocalSiloDetails>() is { } silo && !IPAddress.IsLoopback(silo.SiloAddress.Endpoint.Address))
                LogOpen(silo.SiloAddress.Endpoint);
            return;
        }

        var certificates = services.GetRequiredService<TlsCertificates>();
        certificates.Look();
        using var days = new PeriodicTimer(period, clock);
        while (await days.WaitForNextTickAsync(stoppingToken))
            certificates.Look();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo listens at {Endpoint} without TLS: whoever reaches its ports can read and erase every user. Set Alerts__Tls__Certificate, Alerts__Tls__Key and Alerts__Tls__Authority (deploy/make-secrets makes the files), or let nobody else reach the ports")]
    partial void LogOpen(IPEndPoint endpoint);
}
