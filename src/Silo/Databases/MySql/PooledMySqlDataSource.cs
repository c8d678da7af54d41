using MySql.Data.MySqlClient;

namespace Alerts.Silo.Databases.MySql;

/// <summary>A MySQL or MariaDB database through the driver's own pool: for Orleans' providers, which refuse any other connection.</summary>
public sealed class PooledMySqlDataSource : LimitedDataSource
{
    /// <summary>Reads a connection string as configured.</summary>
    public PooledMySqlDataSource(string connectionString)
        : this(MySqlDataSource.Complete(connectionString, MySqlDataSource.MaxPoolSize / 2, pooling: true))
    {
    }

    PooledMySqlDataSource(MySqlConnectionStringBuilder settings)
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
}
