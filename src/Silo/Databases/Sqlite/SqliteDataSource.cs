using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Alerts.Silo.Databases.Sqlite;

/// <summary>A SQLite file that lends one connection at a time: SQLite has one writer, and a second would be told BUSY and put to sleep by the driver.</summary>
/// <remarks>
/// A commit is in the operating system's hands when it returns (write-ahead log, <c>synchronous=NORMAL</c>): killing the process loses nothing;
/// losing power may lose the last moments but leaves the file consistent.
/// </remarks>
/// <param name="file">The file; its folder must exist, the file itself is made by the first connection.</param>
public sealed class SqliteDataSource(string file) : LimitedDataSource(
    SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Pooling = true }.ConnectionString, limit: 1)
{
    // secure_delete: what is erased is written over, and does not stay readable in the file until its place is used again.
    const string Settings =
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -32768;
        """;

    // The driver keeps a closed connection's handle for the next one to open; a handle not seen before has not had our settings.
    // Guarded by there being one connection.
    SQLitePCL.sqlite3? configured;

    /// <inheritdoc/>
    protected override void Prepare(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle;
        if (ReferenceEquals(handle, configured))
            return;

        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
        configured = handle;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }
}
