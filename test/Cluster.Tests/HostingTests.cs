using Alerts.Silo.Databases;
using Alerts.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Alerts.Cluster.Tests;

public sealed class HostingTests : IDisposable
{
    readonly TempFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Cluster_mode_without_its_settings_stops_at_start_and_names_each()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            SiloFixture.StartAsync(new Dictionary<string, string?> { ["Alerts:Mode"] = "Cluster", ["Alerts:SiloAddress"] = "here" }, Cancel));
        Assert.Collection(error.Failures,
            failure => Assert.StartsWith("Alerts__Redis is missing", failure, StringComparison.Ordinal),
            failure => Assert.StartsWith("Alerts__MySql is missing", failure, StringComparison.Ordinal),
            failure => Assert.StartsWith("Alerts__SharedMySql is missing", failure, StringComparison.Ordinal),
            failure => Assert.Equal("Alerts__SiloAddress must be an IP address, not \"here\".", failure));
    }

    [Fact]
    public async Task A_data_directory_serves_one_silo_and_two_directories_serve_two_side_by_side()
    {
        var settings = EmbeddedSilo.Settings(folder);
        using (var first = await SiloFixture.StartAsync(settings, Cancel))
        {
            var error = await Assert.ThrowsAsync<DataDirectoryException>(() => SiloFixture.StartAsync(settings, Cancel));
            Assert.StartsWith($"The data directory {folder["data"]} is in use by another running instance", error.Message, StringComparison.Ordinal);

            using var otherFolder = new TempFolder();
            using var second = await SiloFixture.StartAsync(EmbeddedSilo.Settings(otherFolder), Cancel);
            Assert.NotEqual(Address(first), Address(second));
            await second.StopAsync(Cancel);
            await first.StopAsync(Cancel);
        }

        using var next = await SiloFixture.StartAsync(settings, Cancel);
        await next.StopAsync(Cancel);
    }

    static SiloAddress Address(IHost host) => host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
}
