using Alerts.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Documentation;

/// <summary>A gateway that works, and others on which an operation meets an error that a sound one has not.</summary>
public sealed class GatewayInTrouble : IAsyncLifetime
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public TestGateway Sound { get; private set; } = null!;

    /// <summary>New addresses must confirm.</summary>
    public TestGateway Confirming { get; private set; } = null!;

    /// <summary>Every limit of requests is used up.</summary>
    public TestGateway Limited { get; private set; } = null!;

    /// <summary>Without its tables.</summary>
    public TestGateway WithoutStore { get; private set; } = null!;

    /// <summary>Its silo has stopped.</summary>
    public TestGateway WithoutSilo { get; private set; } = null!;

    internal GeneratedClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sound = await TestGateway.StartAsync();
        Client = await GeneratedClient.OfAsync(Sound);
        Confirming = await TestGateway.StartAsync(ConfirmationMode.Required);
        Limited = await TestGateway.StartAsync(settings: new Dictionary<string, string?>
        {
            ["Alerts:RateLimits:KeyPerMinute"] = "1", ["Alerts:RateLimits:EnrolmentsPerHour"] = "1", ["Alerts:RateLimits:AnonymousPerMinute"] = "1",
        });
        using var last = await Limited.Admin.GetAsync("/v1/users", Cancellation);
        WithoutStore = await TestGateway.StartAsync();
        foreach (var table in (string[])["OrleansStorage", "audit_log", "api_key_use", "user_event"])
            await ExecuteAsync("alerts.db", $"DROP TABLE {table}");
        await ExecuteAsync("shared.db", "ALTER TABLE products RENAME TO products_away");
        WithoutSilo = await TestGateway.StartAsync();
        await WithoutSilo.Services.GetRequiredService<Orleans.Runtime.Silo>().StopAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in (TestGateway?[])[Sound, Confirming, Limited, WithoutStore, WithoutSilo])
        {
            if (gateway is not null)
                await gateway.DisposeAsync();
        }
    }

    async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(WithoutStore.Folder, file)};Pooling=False;Default Timeout=30");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
