using System.Data.Common;
using MySql.Data.MySqlClient;

namespace Alerts.Silo.Storage;

/// <summary>Turns a configured MySQL connection string into a data source with what this service relies on.</summary>
public static class MySqlConnections
{
    /// <summary>
    /// Connections a process keeps per database unless the setting says otherwise, so that three silos stay below the 151 that a
    /// stock server accepts. Callers beyond it wait in the driver for a free one, up to its connection timeout of 15 seconds.
    /// </summary>
    public const int MaximumPoolSize = 32;

    /// <summary>A data source over the driver's pool. Later words of a connection string win: ours before are defaults, ours after are needed.</summary>
    public static DbDataSource Open(string connectionString) =>
        MySqlClientFactory.Instance.CreateDataSource($"Maximum Pool Size={MaximumPoolSize};{connectionString};Character Set=utf8mb4");
}
