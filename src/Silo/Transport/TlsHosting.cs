using System.Net.Security;
using System.Security.Authentication;
using Alerts.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Alerts.Silo.Transport;

/// <summary>Mutual TLS on every connection between processes of the cluster, if <see cref="ClusterTlsOptions"/> names the files.</summary>
static class TlsHosting
{
    public static IServiceCollection AddTlsSettings(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<ClusterTlsOptions>(ClusterTlsOptions.Section);
        services.AddSingleton<IValidateOptions<ClusterTlsOptions>, ClusterTlsOptionsValidator>();
        return services.AddSingleton<TlsCertificates>().AddHostedService<TlsWatch>();
    }

    public static void UseTls(this ISiloBuilder silo) =>
        silo.Services.AddOptions<SiloConnectionOptions>()
            .Configure<IOptions<ClusterTlsOptions>, TlsCertificates>((connections, tls, certificates) =>
        {
            if (!tls.Value.IsOn)
                return;
            var options = Use(certificates);
            connections.ConfigureSiloInboundConnection(connection => connection.UseServerTls(options));
            connections.ConfigureGatewayInboundConnection(connection => connection.UseServerTls(options));
            connections.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(options));
        });

    public static void UseTls(this IClientBuilder client) =>
        client.Services.AddOptions<ClientConnectionOptions>()
            .Configure<IOptions<ClusterTlsOptions>, TlsCertificates>((connections, tls, certificates) =>
        {
            if (tls.Value.IsOn)
                connections.ConfigureConnection(connection => connection.UseClientTls(Use(certificates)));
        });

    /// <summary>
    /// Each connection uses the files as they are when it begins. Names are not compared: silos change their addresses, and a certificate
    /// from the cluster's own authority is enough.
    /// </summary>
    static TlsOptions Use(TlsCertificates certificates) => new()
    {
        SslProtocols = SslProtocols.Tls13 | SslProtocols.Tls12,
        LocalServerCertificateSelector = (_, _) => certificates.Current.Own.TargetCertificate,
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = (_, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) is SslPolicyErrors.None,
        OnAuthenticateAsServer = (_, connection) =>
        {
            var (files, ssl) = (certificates.Current, (SslServerAuthenticationOptions)connection.SslServerAuthenticationOptions);
            ssl.ServerCertificateSelectionCallback = null;
            ssl.ServerCertificateContext = files.Own;
            ssl.CertificateChainPolicy = TlsFiles.Policy(files.Authorities);
        },
        OnAuthenticateAsClient = (_, connection) =>
        {
            var (files, ssl) = (certificates.Current, (SslClientAuthenticationOptions)connection.SslClientAuthenticationOptions);
            ssl.LocalCertificateSelectionCallback = null;
            ssl.ClientCertificateContext = files.Own;
            ssl.CertificateChainPolicy = TlsFiles.Policy(files.Authorities);
        },
    };
}
