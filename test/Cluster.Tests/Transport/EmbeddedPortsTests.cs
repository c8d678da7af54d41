using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Alerts.Testing;

namespace Alerts.Cluster.Tests.Transport;

public sealed class EmbeddedPortsTests : IDisposable
{
    readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public EmbeddedPortsTests() => limit.CancelAfter(TimeSpan.FromMinutes(2));

    [Fact]
    public async Task Another_account_of_the_machine_finds_no_port_but_that_of_HTTP()
    {
        var (siloPort, clientPort) = (FreePort.Next(), FreePort.Next());
        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?>
        {
            ["Alerts:SiloPort"] = siloPort.ToString(CultureInfo.InvariantCulture),
            ["Alerts:GatewayPort"] = clientPort.ToString(CultureInfo.InvariantCulture),
        });
        var (gateway, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;
        using var enrolled = await api.PostAsJsonAsync(
            "/v1/users", new { email = "ann@example.org", frequencyMinutes = 2, searches = new[] { new { phrase = "lamp" } } }, limit.Token);
        Assert.Equal(HttpStatusCode.Created, enrolled.StatusCode);

        Assert.Null(await Stranger.ReadUsersAsync(clientPort, limit.Token));
        Assert.Null(await Stranger.ReadUsersAsync(siloPort, limit.Token));
        Assert.Equal([alerts.AddressOf(gateway).Port], ListeningPorts(gateway.Id));
    }

    public void Dispose() => limit.Dispose();

    /// <summary>The TCP ports a process listens at, from what Linux says of its sockets.</summary>
    static int[] ListeningPorts(int process)
    {
        const string Listening = "0A";
        var sockets = Directory.GetFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget).ToHashSet();
        return [.. new[] { "tcp", "tcp6" }
            .SelectMany(kind => File.ReadLines($"/proc/{process}/net/{kind}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[3] is Listening && sockets.Contains($"socket:[{columns[9]}]"))
            .Select(columns => int.Parse(columns[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
    }
}
