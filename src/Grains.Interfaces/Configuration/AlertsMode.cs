namespace Alerts.Configuration;

/// <summary>Where grains run and where their state is stored.</summary>
public enum AlertsMode
{
    /// <summary>One process: the silo runs inside the gateway, with SQLite files in <see cref="AlertsOptions.DataDirectory"/>.</summary>
    Embedded,

    /// <summary>Silos and gateways are separate processes: Redis for membership, MySQL for state, reminders and shared products.</summary>
    Cluster,
}
