namespace Alerts.Configuration;

/// <summary>Where grains live and what keeps their state.</summary>
public enum AlertsMode
{
    /// <summary>One process: the silo runs inside the gateway, state is in SQLite files under <see cref="AlertsOptions.DataDirectory"/>.</summary>
    Embedded,

    /// <summary>Silos and gateways are separate processes: Redis for membership, MySQL for state, reminders and shared products.</summary>
    Cluster,
}
