using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Testing;

namespace Alerts.Cluster.Tests;

/// <summary>What a silo says that cannot start.</summary>
public sealed class StartTests(Servers servers)
{
    [Fact]
    public async Task Without_its_database_a_silo_ends_and_says_what_to_do()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?>(await ClusterSilo.SettingsAsync(servers, limit.Token))
        {
            ["Alerts:MySql"] = $"Server=127.0.0.1;Port={FreePort.Next()};Database=alerts;User ID=root;Password=secret-word;SSL Mode=Disabled",
        });

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => alerts.AddSiloAsync(limit.Token));

        Assert.Contains("Database alerts cannot be used, so this process ends. If the server is down, start it and then this process again", fault.Message, StringComparison.Ordinal);
        Assert.Contains("check Alerts__MySql", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Redis_that_takes_no_connection_is_said_in_one_line()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        var settings = await ClusterSilo.SettingsAsync(servers, limit.Token);
        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?>(settings)
        {
            ["Alerts:Redis"] = $"{settings["Alerts:Redis"]},ssl=true,password=secret-word",
        });

        var silo = alerts.StartSilo();
        await silo.WaitForExitAsync(limit.Token);

        Assert.Equal(1, silo.ExitCode);
        Assert.Contains("Could not start: ", silo.Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", silo.Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", silo.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_whose_port_is_taken_says_so_and_does_not_join()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        await using var alerts = await AlertsProcesses.StartAsync(await ClusterSilo.SettingsAsync(servers, limit.Token));
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        var first = await alerts.AddSiloAsync(limit.Token, new Dictionary<string, string?> { ["Alerts:SiloPort"] = port });
        var (_, api) = await alerts.AddGatewayAsync(limit.Token);
        using var closing = api;

        var ofSilo = alerts.StartSilo(new Dictionary<string, string?> { ["Alerts:SiloPort"] = port });
        var ofHttp = alerts.StartSilo(new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = alerts.AddressOf(first).ToString() });
        await Task.WhenAll(ofSilo.WaitForExitAsync(limit.Token), ofHttp.WaitForExitAsync(limit.Token));

        Assert.Equal((1, 1), (ofSilo.ExitCode, ofHttp.ExitCode));
        Assert.Contains($"127.0.0.1:{port} is in use by another program; see Alerts__SiloPort", ofSilo.Said(), StringComparison.Ordinal);
        Assert.Contains("address already in use", ofHttp.Said(), StringComparison.Ordinal);
        var cluster = await api.GetFromJsonAsync<JsonElement>("/v1/cluster", limit.Token);
        Assert.Equal("active", Assert.Single(cluster.GetProperty("silos").EnumerateArray()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_mistyped_command_is_an_error_and_no_silo()
    {
        await using var alerts = await AlertsProcesses.StartAsync([]);
        var silo = alerts.StartSilo(null, "migrat");
        await silo.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, silo.ExitCode);
        Assert.Contains("\"migrat\" is no command", silo.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_named_all_at_once_with_the_nearest_right_name()
    {
        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Cluster",
            ["Alerts:Redis"] = "127.0.0.1,pasword=word",
            ["Alerts:MySql"] = "Server=127.0.0.1;Pasword=word",
            ["Alerts:SharedMySql"] = "Server=127.0.0.1",
            ["Alerts:SiloPort"] = "many",
            ["Alerts:Email:Security"] = "Sometimes",
            ["Alerts:Email:From"] = null,
            ["Alerts:Emial:Host"] = "127.0.0.1",
            ["Alerts:Dispatch:Shards"] = "0",
            ["Alerts:ApiKey:0"] = "of a gateway, nothing a silo knows",
        });

        var silo = alerts.StartSilo(null, []);
        await silo.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, silo.ExitCode);
        var said = silo.Said();
        foreach (var error in (string[])
            [
                "Alerts__Redis is not a connection string", "Alerts__MySql is not a connection string", "Alerts:SiloPort: \"many\" is not a number",
                "Alerts:Email:Security: \"Sometimes\" is not one of ", "Alerts:Email:From is needed", "Alerts:Dispatch:Shards: ",
                "Alerts__Emial__Host is no setting; is Alerts__Email__Host meant?",
            ])
            Assert.Contains(error, said, StringComparison.Ordinal);
        Assert.DoesNotContain("word", said.Replace("pasword", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_level_that_there_is_not_is_said_in_one_line()
    {
        await using var alerts = await AlertsProcesses.StartAsync(new Dictionary<string, string?> { ["Logging:LogLevel:Alerts"] = "Loud" });
        var silo = alerts.StartSilo();
        await silo.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, silo.ExitCode);
        Assert.Contains("Could not start: Configuration value 'Loud'", silo.Said(), StringComparison.Ordinal);
    }
}
