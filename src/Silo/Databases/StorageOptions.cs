using Alerts.Configuration;

namespace Alerts.Silo.Databases;

/// <summary>How states are stored, section <c>Alerts:Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = AlertsOptions.Section + ":Storage";

    /// <summary>
    /// Whether users' rows are stored compact; default false. Turn it on when all silos of the cluster can read that form. Releases before
    /// 0.9 cannot: after the first compact row, a return to them is impossible.
    /// </summary>
    public bool CompactState { get; set; }
}
