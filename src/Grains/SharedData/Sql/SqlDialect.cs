using Alerts.Configuration;

namespace Alerts.SharedData.Sql;

/// <summary>Where the two databases' SQL differs. Everything else is the same text for both.</summary>
public sealed class SqlDialect
{
    /// <summary>MySQL 8.4 and MariaDB 10.11.</summary>
    public static readonly SqlDialect MySql = new();

    /// <summary>SQLite.</summary>
    public static readonly SqlDialect Sqlite = new();

    SqlDialect()
    {
    }

    /// <summary>The dialect of a mode's databases.</summary>
    public static SqlDialect Of(AlertsMode mode) => mode is AlertsMode.Cluster ? MySql : Sqlite;

    /// <summary>
    /// Most rows of one statement. Five hundred are as quick as any number at MySQL, and MariaDB reads a list of a thousand as a table
    /// to be joined, in an order of its own, where all writers should lock in one; SQLite looks each parameter up among all of a
    /// statement's by name, so that its time grows with the square of their number, while its statements cost no way to a server.
    /// </summary>
    public int RowsPerStatement => this == MySql ? 500 : 40;

    /// <summary>Whether values of large statements stand in their text (<see cref="SqlLiteral"/>).</summary>
    public bool InlinesValues => this == MySql;

    /// <summary>Begins what an INSERT does instead when the key is there.</summary>
    public string OnConflict(string key) => this == MySql ? "ON DUPLICATE KEY UPDATE" : $"ON CONFLICT ({key}) DO UPDATE SET";

    /// <summary>The value that could not be inserted.</summary>
    public string New(string column) => this == MySql ? $"VALUES({column})" : $"excluded.{column}";

    /// <summary>Locks the rows read until the transaction ends; SQLite's transactions have the whole database to themselves.</summary>
    public string ForUpdate => this == MySql ? "FOR UPDATE" : "";
}
