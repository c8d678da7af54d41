using System.Data;
using System.Data.Common;

namespace Alerts.Silo.Databases;

/// <summary>
/// Lends a limited number of open connections at once. Later callers wait in line without blocking a thread. The drivers would block one:
/// SQLite's for each BUSY, MySQL's for each connection missing in its pool.
/// </summary>
/// <remarks>
/// Open connections with <see cref="DbDataSource.OpenConnectionAsync"/> and dispose them soon: each counts until it is closed. A caller
/// that opens a second connection while it holds one may wait for itself, and fails after <see cref="MaxWait"/>.
/// </remarks>
public class LimitedDataSource(DbProviderFactory provider, string connectionString, int limit) : DbDataSource
{
    /// <summary>The longest wait in line before <see cref="TimeoutException"/>; the same as the drivers' limit for a command.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    // Never disposed: it holds no resources, and a connection may come back after the source is closed.
    readonly SemaphoreSlim free = new(limit, limit);

    public override string ConnectionString => connectionString;

    /// <summary>Called with each connection after it is opened and before it is lent.</summary>
    protected virtual void Prepare(DbConnection connection)
    {
    }

    protected override DbConnection CreateDbConnection()
    {
        var connection = provider.CreateConnection()!;
        connection.ConnectionString = connectionString;
        return connection;
    }

    protected override DbConnection OpenDbConnection()
    {
        if (!free.Wait(MaxWait))
            throw NoneFree();

        var connection = Lend();
        try
        {
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        if (!await free.WaitAsync(MaxWait, cancellationToken).ConfigureAwait(false))
            throw NoneFree();

        var connection = Lend();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            Prepare(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes as <see cref="System.IDisposable.Dispose"/> does; the base class alone would leave the pool open.</summary>
    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(disposing: true);
        return base.DisposeAsyncCore();
    }

    /// <summary>A connection that gives its place back once: when it closes, breaks, or is disposed without having been opened.</summary>
    DbConnection Lend()
    {
        var lent = 1;
        var connection = CreateDbConnection();
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState is ConnectionState.Closed or ConnectionState.Broken)
                GiveBack();
        };
        connection.Disposed += (_, _) => GiveBack();
        return connection;

        void GiveBack()
        {
            if (Interlocked.Exchange(ref lent, 0) == 1)
                free.Release();
        }
    }

    TimeoutException NoneFree() => new($"None of {limit} database connections was free within {MaxWait.TotalSeconds} seconds.");
}
