namespace Alerts.Configuration;

/// <summary>The kind of database for state, reminders and products.</summary>
public enum DatabaseKind
{
    /// <summary>Files under <see cref="AlertsOptions.DataDirectory"/>, used by one process.</summary>
    Sqlite,

    /// <summary>MySQL 8.4 or MariaDB 10.11.</summary>
    MySql,
}
