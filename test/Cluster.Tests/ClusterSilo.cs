using Alerts.Testing;

namespace Alerts.Cluster.Tests;

/// <summary>A silo on MariaDB and Redis.</summary>
public sealed class ClusterSilo(Servers servers) : SiloFixture
{
    /// <summary>Settings of a cluster of its own: new databases, and an id nobody else has on the shared Redis.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> SettingsAsync(Servers servers, CancellationToken cancellationToken)
    {
        var mariaDb = await servers.MariaDbAsync();
        var redis = await servers.RedisAsync();
        return new Dictionary<string, string?>
        {
            ["Alerts:Mode"] = "Cluster",
            ["Alerts:ClusterId"] = Guid.NewGuid().ToString("N"),
            ["Alerts:SiloAddress"] = "127.0.0.1",
            ["Alerts:Redis"] = redis.ConnectionString,
            ["Alerts:MySql"] = await mariaDb.CreateDatabaseAsync(cancellationToken),
            ["Alerts:SharedMySql"] = await mariaDb.CreateDatabaseAsync(cancellationToken),
            ["Alerts:ReminderPeriod"] = "00:00:05",
        };
    }

    /// <inheritdoc/>
    protected override Task<IReadOnlyDictionary<string, string?>> SettingsAsync(CancellationToken cancellationToken) =>
        SettingsAsync(servers, cancellationToken);
}
