using Alerts.Silo.Databases;
using MySql.Data.MySqlClient;

namespace Alerts.Silo.Databases.MySql;

/// <summary>A MySQL or MariaDB database through the driver's pool, with what this service relies on.</summary>
public sealed class MySqlDataSource : LimitedDataSource
{
    /// <summary>
    /// Connections a process keeps to a database unless its connection string says otherwise: enough to keep a server of several cores busy,
    /// few enough that three silos with two databases each stay below the 151 connections that a stock server accepts.
    /// </summary>
    public const int MaxPoolSize = 24;

    /// <summary>Reads a connection string as configured.</summary>
    public MySqlDataSource(string connectionString)
        : this(Complete(connectionString))
    {
    }

    MySqlDataSource(MySqlConnectionStringBuilder settings)
        : base(MySqlClientFactory.Instance, settings.ConnectionString, (int)settings.MaximumPoolSize)
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var connection = new MySqlConnection(ConnectionString);
            MySqlConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }

    // The last of two equal words in a connection string wins: ours before it are defaults, ours after it are needed.
    static MySqlConnectionStringBuilder Complete(string connectionString) =>
        new($"Maximum Pool Size={MaxPoolSize};{connectionString};Character Set=utf8mb4");
}
