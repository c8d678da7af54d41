using Alerts.Configuration;

namespace Alerts.Silo.Databases;

/// <summary>How states are stored, section <c>Alerts:Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = AlertsOptions.Section + ":Storage";

    /// <summary>
    /// Whether rows of users are written compact; default false. Set it once all silos of a cluster can read that form: releases before 0.9
    /// cannot, so after the first compact row there is no way back to them.
    /// </summary>
    public bool CompactState { get; set; }
}
