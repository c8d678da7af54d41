namespace Alerts.Configuration;

/// <summary>What keeps state, reminders and products.</summary>
public enum DatabaseKind
{
    /// <summary>Files under <see cref="AlertsOptions.DataDirectory"/>, of one process.</summary>
    Sqlite,

    /// <summary>MySQL 8.4 or MariaDB 10.11.</summary>
    MySql,
}
