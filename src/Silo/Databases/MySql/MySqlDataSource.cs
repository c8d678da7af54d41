using System.Data.Common;
using MySql.Data.MySqlClient;

namespace Alerts.Silo.Databases.MySql;

/// <summary>A MySQL or MariaDB database, its connections kept open (<see cref="KeptConnections"/>).</summary>
public sealed class MySqlDataSource : LimitedDataSource
{
    /// <summary>
    /// Connections a process keeps to a database unless its connection string says otherwise: enough to keep a server of several cores busy,
    /// few enough that three silos, with two databases each and half as many for Orleans, stay below the 151 that a stock server accepts.
    /// </summary>
    public const int MaxPoolSize = 16;

    readonly KeptConnections kept;

    /// <summary>Reads a connection string as configured.</summary>
    public MySqlDataSource(string connectionString)
        : this(Complete(connectionString))
    {
    }

    MySqlDataSource(MySqlConnectionStringBuilder settings)
        : base(MySqlClientFactory.Instance, settings.ConnectionString, (int)settings.MaximumPoolSize) =>
        kept = new(settings.ConnectionString);

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new KeptConnection(kept);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            kept.Dispose();
        base.Dispose(disposing);
    }

    // The last of two equal words in a connection string wins: ours before it are defaults, ours after it are needed.
    internal static MySqlConnectionStringBuilder Complete(string connectionString, int maxPoolSize = MaxPoolSize, bool pooling = false) =>
        new($"Maximum Pool Size={maxPoolSize};{connectionString};Character Set=utf8mb4;Pooling={pooling}");
}
