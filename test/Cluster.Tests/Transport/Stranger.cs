using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Alerts.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Alerts.Cluster.Tests.Transport;

/// <summary>A client of Orleans that knows the cluster's names and a silo's port, as anybody with the source would.</summary>
static class Stranger
{
    /// <summary>Asks for a page of all users: how many came, or null where nobody let it in.</summary>
    public static async Task<int?> ReadUsersAsync(
        int port, CancellationToken cancellationToken, string cluster = "alerts", IReadOnlyDictionary<string, string?>? certificate = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, port));
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, "alerts"));
            client.UseConnectionRetryFilter((_, _) => Task.FromResult(false));
            client.Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = TimeSpan.FromSeconds(5));
            if (certificate is not null)
            {
                client.UseTls(tls =>
                {
                    tls.LocalCertificate = X509Certificate2.CreateFromPemFile(certificate["Alerts:Tls:Certificate"]!, certificate["Alerts:Tls:Key"]);
                    tls.AllowAnyRemoteCertificate();
                    tls.OnAuthenticateAsClient = (_, connection) =>
                        ((SslClientAuthenticationOptions)connection.SslClientAuthenticationOptions).ClientCertificateContext =
                            SslStreamCertificateContext.Create(tls.LocalCertificate, null, offline: true);
                });
            }
        });
        using var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            var users = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IUserDirectoryGrain>(0).ListAsync(new UserFilter(), null, 10);
            await host.StopAsync(cancellationToken);
            return users.Items.Length;
        }
        catch (Exception refusal) when (refusal is OrleansException or TimeoutException)
        {
            return null;
        }
    }
}
