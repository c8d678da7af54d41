using MySql.Data.MySqlClient;

namespace Alerts.Silo.Databases.MySql;

/// <summary>A MySQL or MariaDB database with the driver's own pool, for Orleans' providers, which accept no other connection.</summary>
public sealed class PooledMySqlDataSource : LimitedDataSource
{
    public PooledMySqlDataSource(string connectionString)
        : this(MySqlDataSource.Complete(connectionString, MySqlDataSource.MaxPoolSize / 2, pooling: true))
    {
    }

    PooledMySqlDataSource(MySqlConnectionStringBuilder settings)
        : base(MySqlClientFactory.Instance, settings.ConnectionString, (int)settings.MaximumPoolSize)
    {
    }

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
