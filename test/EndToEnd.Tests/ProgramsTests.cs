using System.Net;
using System.Net.Sockets;
using Alerts.Silo.Observability;
using Alerts.Testing;

namespace Alerts.EndToEnd;

/// <summary>The programs as a person starts them, as processes of their own.</summary>
public sealed class ProgramsTests
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_gateway_without_settings_names_each_and_ends_before_it_touches_anything()
    {
        using var folder = new TempFolder();
        await using var gateway = AlertsProgram.Start("src/Gateway", "Alerts.Gateway", folder, new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" });

        await gateway.WaitForExitAsync(Deadline());

        Assert.Equal(1, gateway.ExitCode);
        foreach (var setting in (string[])["Alerts:Ebay:ClientId", "Alerts:Ebay:ClientSecret", "Alerts:Email:Host", "Alerts:Email:From"])
            Assert.Contains(setting, gateway.Said(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public async Task The_gateway_names_a_setting_it_cannot_read()
    {
        using var folder = new TempFolder();
        await using var gateway = AlertsProgram.Start("src/Gateway", "Alerts.Gateway", folder, new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Alerts__Mode"] = "Klaster",
        });

        await gateway.WaitForExitAsync(Deadline());

        Assert.Equal(1, gateway.ExitCode);
        Assert.Contains("Alerts:Mode: \"Klaster\" is not", gateway.Said(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src/Gateway", "Alerts.Gateway")]
    [InlineData("src/Silo", "Alerts.Silo")]
    public async Task A_program_says_which_release_it_is_and_does_nothing_else(string project, string assembly)
    {
        using var folder = new TempFolder();
        await using var program = AlertsProgram.Start(project, assembly, folder, [], "--version");

        await program.WaitForExitAsync(Deadline());

        Assert.Equal(0, program.ExitCode);
        Assert.Equal($"{AlertsVersion.Current}, state format 1", program.Said().Trim());
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.FullPath));
    }

    [Theory]
    [InlineData("Demo__GatewayPort")]
    [InlineData("Demo__MarketplacePort")]
    [InlineData("Demo__MailboxPort")]
    [InlineData("Demo__SmtpPort")]
    public async Task The_demo_says_which_setting_moves_a_port_that_is_taken(string setting)
    {
        using var folder = new TempFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var ports = new Dictionary<string, string?>
        {
            ["Demo__GatewayPort"] = "0", ["Demo__MarketplacePort"] = "0", ["Demo__MailboxPort"] = "0", ["Demo__SmtpPort"] = "0", ["Demo__ReceiversPort"] = "0",
            [setting] = port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        await using var demo = AlertsProgram.Start("demo", "Alerts.demo", folder, ports);

        await demo.WaitForExitAsync(Deadline());

        Assert.Equal(1, demo.ExitCode);
        Assert.Contains($"Port {port} is in use", demo.Said(), StringComparison.Ordinal);
        Assert.Contains(setting, demo.Said(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1s")]
    [InlineData("2h")]
    [InlineData("soon")]
    public async Task The_demo_refuses_a_period_it_cannot_keep(string period)
    {
        using var folder = new TempFolder();
        await using var demo = AlertsProgram.Start("demo", "Alerts.demo", folder, new Dictionary<string, string?>(), "--period", period);

        await demo.WaitForExitAsync(Deadline());

        Assert.Equal(2, demo.ExitCode);
        Assert.Contains("from 5 seconds to 1 hour", demo.Said(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--perod is not known here", "--perod", "30s")]
    [InlineData("--data wants a value", "--data")]
    [InlineData("--samples nowhere is not a folder", "--samples", "nowhere")]
    [InlineData("data/demo/sinks is not known here", "data/demo/sinks")]
    [InlineData("--listings 20001 is not a number from 0 to 20000", "--listings", "20001")]
    [InlineData("--pace 0 is not a number over 0", "--pace", "0")]
    [InlineData("--late 25h is not a time from 15m to 24h", "--late", "25h")]
    public async Task The_demo_refuses_what_it_would_otherwise_leave_out_in_silence(string reason, params string[] arguments)
    {
        using var folder = new TempFolder();
        await using var demo = AlertsProgram.Start("demo", "Alerts.demo", folder, [], arguments);

        await demo.WaitForExitAsync(Deadline());

        Assert.Equal(2, demo.ExitCode);
        Assert.Contains(reason, demo.Said(), StringComparison.Ordinal);
    }

    static CancellationToken Deadline()
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(patience);
        return deadline.Token;
    }
}
