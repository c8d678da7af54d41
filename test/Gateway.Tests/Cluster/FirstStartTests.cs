using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Alerts.Gateway.Tests.Cluster;

public sealed class FirstStartTests
{
    [Fact]
    public async Task Nothing_reads_the_keys_of_forms_before_their_table_is_made()
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.DoesNotContain(gateway.Services.GetServices<IHostedService>(), service => service.GetType().Name is "DataProtectionHostedService");
    }
}
