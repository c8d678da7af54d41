using System.Data;
using System.Data.Common;

namespace Alerts.Silo.Databases;

/// <summary>
/// Lends at most so many open connections at once. Who comes later waits in line without holding a thread,
/// where the drivers would block one: SQLite's for each BUSY, MySQL's for each connection its pool does not have.
/// </summary>
/// <remarks>
/// Take connections by <see cref="DbDataSource.OpenConnectionAsync"/> and dispose them soon: one counts until it is closed.
/// Who opens a second connection while holding a first may wait for itself, and fails after <see cref="MaxWait"/>.
/// </remarks>
public class LimitedDataSource(DbProviderFactory provider, string connectionString, int limit) : DbDataSource
{
    /// <summary>The longest wait in line before <see cref="TimeoutException"/>, as long as the drivers let a command take.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    // Never disposed: it holds nothing, and a connection may come back after the source is closed.
    readonly SemaphoreSlim free = new(limit, limit);

    /// <inheritdoc/>
    public override string ConnectionString => connectionString;

    /// <summary>Sees each connection after it is opened and before it is lent.</summary>
    protected virtual void Prepare(DbConnection connection)
    {
    }

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection()
    {
        var connection = provider.CreateConnection()!;
        connection.ConnectionString = connectionString;
        return connection;
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
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

    /// <summary>Closes as <see cref="System.IDisposable.Dispose"/> does; by itself the base class would leave the pool open.</summary>
    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(disposing: true);
        return base.DisposeAsyncCore();
    }

    /// <summary>A connection that gives its place back once: when it closes, breaks, or is disposed without ever having opened.</summary>
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
