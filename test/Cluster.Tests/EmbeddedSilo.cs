using Alerts.Testing;

namespace Alerts.Cluster.Tests;

/// <summary>A silo on SQLite files.</summary>
public sealed class EmbeddedSilo : SiloFixture
{
    readonly TempFolder folder = new();

    /// <summary>Settings of an embedded silo in a folder.</summary>
    public static IReadOnlyDictionary<string, string?> Settings(TempFolder folder) => new Dictionary<string, string?>
    {
        ["Alerts:DataDirectory"] = folder["data"],
        ["Alerts:ReminderPeriod"] = "00:00:05",
    };

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    /// <inheritdoc/>
    protected override Task<IReadOnlyDictionary<string, string?>> SettingsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Settings(folder));
}
