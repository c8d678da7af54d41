using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Alerts.Silo.Storage;

/// <summary>
/// One SQLite file behind a gate that lends a single connection at a time.
/// SQLite has one writer; a second one would be told BUSY and its thread put to sleep by the driver, so callers wait here instead, asynchronously.
/// </summary>
/// <remarks>
/// Commits are in the operating system's hands when they return (write-ahead log, <c>synchronous=NORMAL</c>): killing the process loses nothing,
/// losing power may lose the last moments but leaves the file consistent.
/// A caller that opens a second connection while holding the first waits for itself and fails after <see cref="MaxWait"/>.
/// </remarks>
public sealed class SqliteDataSource : DbDataSource
{
    /// <summary>The longest wait for the connection before <see cref="TimeoutException"/>: 30 seconds, the driver's own command timeout.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    const string Settings =
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA foreign_keys = ON;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -32768;
        """;

    readonly SemaphoreSlim gate = new(1, 1);
    readonly string file;

    // The driver keeps closed connections for reuse; a handle not seen before has not had our settings. Guarded by the gate.
    SQLitePCL.sqlite3? configured;

    /// <summary>Names the file; its folder must exist, the file itself is created by the first connection.</summary>
    public SqliteDataSource(string path)
    {
        file = Path.GetFullPath(path);
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true }.ConnectionString;
    }

    /// <inheritdoc/>
    public override string ConnectionString { get; }

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new GatedSqliteConnection(this);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using (var connection = new SqliteConnection(ConnectionString))
                SqliteConnection.ClearPool(connection);
            gate.Dispose();
        }

        base.Dispose(disposing);
    }

    internal void Enter()
    {
        if (!gate.Wait(MaxWait))
            throw Busy();
    }

    internal async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (!await gate.WaitAsync(MaxWait, cancellationToken).ConfigureAwait(false))
            throw Busy();
    }

    internal void Leave() => gate.Release();

    internal void Configure(SqliteConnection connection)
    {
        if (ReferenceEquals(connection.Handle, configured))
            return;

        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
        configured = connection.Handle;
    }

    TimeoutException Busy() =>
        new($"The connection to {Path.GetFileName(file)} was not free within {MaxWait.TotalSeconds} seconds.");
}
