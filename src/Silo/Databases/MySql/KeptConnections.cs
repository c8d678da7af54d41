using System.Collections.Concurrent;
using System.Data;
using System.Runtime.CompilerServices;
using MySql.Data.MySqlClient;

namespace Alerts.Silo.Databases.MySql;

/// <summary>
/// Open connections, kept ready: the driver's own pool asks the server twice (a ping and a USE) before each statement. Here a connection that
/// was used a moment ago is taken for sound; one that rested, or any after a fault, is asked first. Safe for concurrent use.
/// </summary>
sealed class KeptConnections(string connectionString) : IDisposable
{
    /// <summary>What transactions here are begun with; each connection is told once, when it is opened.</summary>
    public const IsolationLevel Isolation = IsolationLevel.ReadCommitted;

    /// <summary>A connection that rested longer is pinged before it is lent.</summary>
    static readonly TimeSpan trusted = TimeSpan.FromSeconds(1);

    const string SetIsolation = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

    /// <summary>A connection that rested longer is closed: what lies between us and the server may have forgotten it.</summary>
    static readonly TimeSpan maxRest = TimeSpan.FromMinutes(3);

    // What is waited for is a real server, whatever time it is in the product.
    static readonly TimeProvider clock = TimeProvider.System;

    // The last one returned is lent first, so that the ones not needed grow old.
    readonly ConcurrentStack<(MySqlConnection Connection, long Since)> resting = [];
    long brokenAt = long.MinValue;
    volatile bool disposed;

    /// <summary>Where they go.</summary>
    public string ConnectionString => connectionString;

    /// <summary>A sound connection.</summary>
    public async Task<MySqlConnection> TakeAsync(CancellationToken cancellationToken)
    {
        while (resting.TryPop(out var kept))
        {
            if (IsTrusted(kept.Since) || (IsYoung(kept.Since) && await kept.Connection.PingAsync().ConfigureAwait(false)))
                return kept.Connection;
            await kept.Connection.DisposeAsync().ConfigureAwait(false);
        }

        var connection = new MySqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await DoAsync(connection, SetIsolation, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Has the server do something that answers nothing.</summary>
    public static async Task DoAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A sound connection.</summary>
    public MySqlConnection Take()
    {
        while (resting.TryPop(out var kept))
        {
            if (IsTrusted(kept.Since) || (IsYoung(kept.Since) && kept.Connection.Ping()))
                return kept.Connection;
            kept.Connection.Dispose();
        }

        var connection = new MySqlConnection(connectionString);
        try
        {
            connection.Open();
            using var command = new MySqlCommand(SetIsolation, connection);
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Takes a connection back.</summary>
    public void Return(MySqlConnection connection)
    {
        // Rows are left unread after a fault in the middle of them. To close such a connection the driver waits for rows that never come.
        if (ReaderOf(connection) is not null)
            Abort(connection, CancellationToken.None);
        if (connection.State is ConnectionState.Open && !disposed)
        {
            resting.Push((connection, clock.GetTimestamp()));
            if (disposed)
                Dispose();
            return;
        }

        // Where one broke, the others may have.
        if (!disposed)
            Volatile.Write(ref brokenAt, clock.GetTimestamp());
        connection.Dispose();
    }

    /// <summary>Closes those that rest; those that are lent are closed when they come back.</summary>
    public void Dispose()
    {
        disposed = true;
        while (resting.TryPop(out var kept))
            kept.Connection.Dispose();
    }

    bool IsTrusted(long since) => since > Volatile.Read(ref brokenAt) && clock.GetElapsedTime(since) < trusted;

    // The driver has both, but not for others. A version without them fails the tests of kept connections.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Reader")]
    static extern MySqlDataReader? ReaderOf(MySqlConnection connection);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Abort")]
    static extern void Abort(MySqlConnection connection, CancellationToken cancellationToken);

    static bool IsYoung(long since) => clock.GetElapsedTime(since) < maxRest;
}
