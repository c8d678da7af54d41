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
}
