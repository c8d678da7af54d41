using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Testing;

namespace Alerts.Cluster.Tests.Transport;

/// <summary>Who gets in at the ports of silos, with processes as a deployment runs them.</summary>
public sealed class TlsTests(Servers servers) : IDisposable
{
    readonly TestAuthority ours = new();
    readonly TestAuthority theirs = new();
    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_silo_lets_in_who_has_a_certificate_of_its_authority_and_nobody_else()
    {
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        var (settings, cluster, port) = await SettingsAsync();
        await using var alerts = await AlertsProcesses.StartAsync(settings);
        await alerts.AddSiloAsync(limit.Token, ours.Settings("silo"));

        Assert.Null(await Stranger.ReadUsersAsync(port, limit.Token, cluster));
        Assert.Null(await Stranger.ReadUsersAsync(port, limit.Token, cluster, theirs.Settings("stranger")));
        Assert.Null(await Stranger.ReadUsersAsync(port, limit.Token, cluster, ours.Settings("old", DateTimeOffset.UtcNow.AddDays(-1))));
        Assert.Equal(0, await Stranger.ReadUsersAsync(port, limit.Token, cluster, ours.Settings("member")));
    }

    [Fact]
    public async Task Two_clusters_with_two_authorities_on_one_Redis_let_in_neither_silo_nor_client_of_the_other()
    {
        limit.CancelAfter(TimeSpan.FromMinutes(4));
        var (settings, _, _) = await SettingsAsync();
        settings.Remove("Alerts:GatewayPort");
        await using var alerts = await AlertsProcesses.StartAsync(settings);
        await alerts.AddSiloAsync(limit.Token, ours.Settings("silo"));
        var (_, api) = await alerts.AddGatewayAsync(limit.Token, ours.Settings("gateway"));
        using var closing = api;

        var silo = alerts.StartSilo(theirs.Settings("silo"));
        var gateway = alerts.StartGateway(theirs.Settings("gateway"));
        await silo.SaysAsync("Authentication failed", limit.Token);
        await gateway.SaysAsync("Authentication failed", limit.Token);

        var silos = await SilosAsync(api);
        Assert.Single(silos, status => status is "active");
        Assert.DoesNotContain("Application started", silo.Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("Application started", gateway.Said(), StringComparison.Ordinal);
        // The intruder's own port is no way in for who has a certificate of ours: nobody is led to the other cluster either.
        await alerts.AddSiloAsync(limit.Token, ours.Settings("second"));
        Assert.Equal(2, (await SilosAsync(api)).Count(status => status is "active"));
    }

    [Fact]
    public async Task A_certificate_that_expired_or_fits_nothing_is_said_at_start()
    {
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        var (settings, _, _) = await SettingsAsync();
        await using var alerts = await AlertsProcesses.StartAsync(settings);

        var expired = ours.Settings("silo", DateTimeOffset.UtcNow.AddMinutes(-1));
        Assert.Contains("holds a certificate that expired on", await EndsAsync(alerts.StartSilo(expired)), StringComparison.Ordinal);
        Assert.Contains("holds a certificate that expired on", await EndsAsync(alerts.StartGateway(expired)), StringComparison.Ordinal);

        var good = ours.Settings("good");
        var strange = new Dictionary<string, string?>(good) { ["Alerts:Tls:Authority"] = theirs.Settings("other")["Alerts:Tls:Authority"] };
        Assert.Contains("holds no certificate from the authority", await EndsAsync(alerts.StartSilo(strange)), StringComparison.Ordinal);

        var mixed = new Dictionary<string, string?>(good) { ["Alerts:Tls:Key"] = ours.Settings("another")["Alerts:Tls:Key"] };
        Assert.Contains("Alerts__Tls__Key: ", await EndsAsync(alerts.StartSilo(mixed)), StringComparison.Ordinal);

        var half = new Dictionary<string, string?>(good) { ["Alerts:Tls:Key"] = null, ["Alerts:Tls:Authority"] = "/nowhere" };
        var said = await EndsAsync(alerts.StartSilo(half));
        Assert.Contains("Alerts__Tls__Key is missing", said, StringComparison.Ordinal);
        Assert.Contains("Alerts__Tls__Authority: /nowhere cannot be read", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_changes_its_authority_without_a_restart()
    {
        limit.CancelAfter(TimeSpan.FromMinutes(4));
        var (settings, cluster, port) = await SettingsAsync();
        await using var alerts = await AlertsProcesses.StartAsync(settings);
        var silo = ours.Settings("silo");
        await alerts.AddSiloAsync(limit.Token, silo);
        var (old, next) = (ours.Settings("old"), theirs.Settings("next"));
        Assert.Equal(0, await Stranger.ReadUsersAsync(port, limit.Token, cluster, old));

        // Both authorities, then the new certificate, then the new authority alone.
        await File.WriteAllTextAsync(silo["Alerts:Tls:Authority"]!, $"{ours.Pem}\n{theirs.Pem}\n", limit.Token);
        while (await Stranger.ReadUsersAsync(port, limit.Token, cluster, next) is null)
            limit.Token.ThrowIfCancellationRequested();
        Assert.Equal(0, await Stranger.ReadUsersAsync(port, limit.Token, cluster, old));
        theirs.Issue(Path.ChangeExtension(silo["Alerts:Tls:Certificate"], null)!, DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(silo["Alerts:Tls:Authority"]!, theirs.Pem, limit.Token);
        while (await Stranger.ReadUsersAsync(port, limit.Token, cluster, old) is not null)
            limit.Token.ThrowIfCancellationRequested();

        // A silo that knows the new authority only finds its peer.
        await alerts.AddSiloAsync(limit.Token, new Dictionary<string, string?>(next) { ["Alerts:GatewayPort"] = "0" });
    }

    [Fact]
    public async Task A_silo_without_TLS_warns_when_it_listens_beyond_loopback()
    {
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        var (settings, _, _) = await SettingsAsync();
        settings["Alerts:SiloAddress"] = null;
        await using var alerts = await AlertsProcesses.StartAsync(settings);
        var silo = await alerts.AddSiloAsync(limit.Token);
        Assert.Contains("without TLS: whoever reaches its ports can read and erase every user", silo.Said(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        ours.Dispose();
        theirs.Dispose();
        limit.Dispose();
    }

    async Task<(Dictionary<string, string?> Settings, string Cluster, int ClientPort)> SettingsAsync()
    {
        var port = FreePort.Next();
        var settings = new Dictionary<string, string?>(await ClusterSilo.SettingsAsync(servers, limit.Token))
        {
            ["Alerts:GatewayPort"] = port.ToString(CultureInfo.InvariantCulture),
        };
        return (settings, settings["Alerts:ClusterId"]!, port);
    }

    async Task<string[]> SilosAsync(HttpClient api) =>
        [.. (await api.GetFromJsonAsync<JsonElement>("/v1/cluster", limit.Token)).GetProperty("silos").EnumerateArray()
            .Select(silo => silo.GetProperty("status").GetString()!)];

    async Task<string> EndsAsync(ChildProcess process)
    {
        await process.WaitForExitAsync(limit.Token);
        Assert.Equal(1, process.ExitCode);
        return process.Said();
    }
}
