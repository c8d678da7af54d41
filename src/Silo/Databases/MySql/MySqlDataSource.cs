using System.Data.Common;
using MySql.Data.MySqlClient;

namespace Alerts.Silo.Databases.MySql;

/// <summary>A MySQL or MariaDB database whose connections are kept open (<see cref="KeptConnections"/>).</summary>
public sealed class MySqlDataSource : LimitedDataSource
{
    /// <summary>
    /// Connections from a process to a database, unless its connection string sets another number. They keep a server of several cores
    /// busy. Three silos with two databases each, and half as many connections for Orleans, stay below a server's default limit of 151.
    /// </summary>
    public const int MaxPoolSize = 16;

    readonly KeptConnections kept;

    public MySqlDataSource(string connectionString)
        : this(Complete(connectionString))
    {
    }

    MySqlDataSource(MySqlConnectionStringBuilder settings)
        : base(MySqlClientFactory.Instance, settings.ConnectionString, (int)settings.MaximumPoolSize) =>
        kept = new(settings.ConnectionString);

    protected override DbConnection CreateDbConnection() => new KeptConnection(kept);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            kept.Dispose();
        base.Dispose(disposing);
    }

    // The last of two equal words in a connection string wins: words before it are our defaults, words after it are required.
    internal static MySqlConnectionStringBuilder Complete(string connectionString, int maxPoolSize = MaxPoolSize, bool pooling = false) =>
        new($"Maximum Pool Size={maxPoolSize};{connectionString};Character Set=utf8mb4;Pooling={pooling}");
}
