using System.Data.Common;
using System.Net.Sockets;

namespace Alerts.SharedData.Sql;

/// <summary>Tells a database that failed for now from values it will never take.</summary>
public static class DatabaseFailure
{
    /// <summary>Where MySQL's driver puts the server's number of an error; it leaves the SQLSTATE empty.</summary>
    const string ServerError = "Server Error Code";

    /// <summary>
    /// Whether another attempt may succeed: a deadlock, a timeout, a lost or refused connection, a full pool, a database being changed;
    /// anything but a value that does not fit. SQLite takes every value.
    /// </summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        DbException => !IsRefusedValue(failure.Data[ServerError] as int?),
        TimeoutException or IOException or SocketException => true,
        // The drivers report a connection that broke under a transaction so.
        InvalidOperationException => true,
        _ => false,
    };

    /// <summary>Errors of MySQL and MariaDB: null, out of range, truncated, wrong, not of the character set, too long.</summary>
    static bool IsRefusedValue(int? error) => error is 1048 or 1264 or 1265 or 1292 or 1366 or 1406;
}
