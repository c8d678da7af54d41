using System.Collections.Concurrent;
using System.Data;
using System.Runtime.CompilerServices;
using MySql.Data.MySqlClient;

namespace Alerts.Silo.Databases.MySql;

/// <summary>
/// Keeps connections open. The driver's own pool asks the server twice (a ping and a USE) before each statement. Here a connection that was
/// used a moment ago is trusted; one that was idle longer, or any after a fault, is tested first. Safe for concurrent use.
/// </summary>
sealed class KeptConnections(string connectionString) : IDisposable
{
    /// <summary>The isolation level of transactions here, set once for each connection when it is opened.</summary>
    public const IsolationLevel Isolation = IsolationLevel.ReadCommitted;

    /// <summary>A connection idle for longer is pinged before it is lent.</summary>
    static readonly TimeSpan trusted = TimeSpan.FromSeconds(1);

    const string SetIsolation = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

    /// <summary>A connection idle for longer is closed: routers and firewalls on the way may have forgotten it.</summary>
    static readonly TimeSpan maxRest = TimeSpan.FromMinutes(3);

    // The machine's clock: it measures waits for a real server, also while the product runs on another clock.
    static readonly TimeProvider clock = TimeProvider.System;

    // The last one returned is lent first, so that connections that are not needed get old.
    readonly ConcurrentStack<(MySqlConnection Connection, long Since)> resting = [];
    long brokenAt = long.MinValue;
    volatile bool disposed;

    public string ConnectionString => connectionString;

    /// <summary>A working connection.</summary>
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

    /// <summary>Runs a statement without a result.</summary>
    public static async Task DoAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A working connection.</summary>
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
        // A fault while reading leaves rows unread. To close such a connection, the driver waits for rows that never come.
        if (ReaderOf(connection) is not null)
            Abort(connection, CancellationToken.None);
        if (connection.State is ConnectionState.Open && !disposed)
        {
            resting.Push((connection, clock.GetTimestamp()));
            if (disposed)
                Dispose();
            return;
        }

        // If one connection broke, the others may be broken too.
        if (!disposed)
            Volatile.Write(ref brokenAt, clock.GetTimestamp());
        connection.Dispose();
    }

    /// <summary>Closes the idle connections; lent ones are closed when they come back.</summary>
    public void Dispose()
    {
        disposed = true;
        while (resting.TryPop(out var kept))
            kept.Connection.Dispose();
    }

    bool IsTrusted(long since) => since > Volatile.Read(ref brokenAt) && clock.GetElapsedTime(since) < trusted;

    // The driver has both members, but not public. A version without them fails the tests of kept connections.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Reader")]
    static extern MySqlDataReader? ReaderOf(MySqlConnection connection);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Abort")]
    static extern void Abort(MySqlConnection connection, CancellationToken cancellationToken);

    static bool IsYoung(long since) => clock.GetElapsedTime(since) < maxRest;
}
