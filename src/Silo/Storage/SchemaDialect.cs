namespace Alerts.Silo.Storage;

/// <summary>The SQL a database speaks.</summary>
public enum SchemaDialect
{
    /// <summary>SQLite, one file.</summary>
    Sqlite,

    /// <summary>MySQL 8.4 or MariaDB 10.11.</summary>
    MySql,
}
