using System.Data.Common;
using System.Net.Sockets;

namespace Alerts.SharedData;

/// <summary>Tells a database that failed for now from values it will never take.</summary>
public static class DatabaseFailure
{
    /// <summary>
    /// Whether another attempt may succeed: a deadlock, a timeout, a lost or refused connection, a full pool, a database being changed;
    /// anything but SQLSTATE class 22 (a value does not fit).
    /// </summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        DbException { SqlState: ['2', '2', ..] } => false,
        DbException or TimeoutException or IOException or SocketException => true,
        // The drivers report a connection that broke under a transaction so.
        InvalidOperationException => true,
        _ => false,
    };
}
