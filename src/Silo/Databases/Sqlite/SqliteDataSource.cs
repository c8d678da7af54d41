using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Alerts.Silo.Databases.Sqlite;

/// <summary>
/// A SQLite file that lends one connection at a time: SQLite has one writer, and the driver would put a second one to sleep on BUSY.
/// </summary>
/// <remarks>
/// A commit has reached the operating system when it returns (write-ahead log, <c>synchronous=NORMAL</c>). Killing the process loses
/// nothing. A power failure may lose the last moments, but the file stays consistent.
/// </remarks>
/// <param name="file">The file; its folder must exist. The first connection creates the file.</param>
public sealed class SqliteDataSource(string file) : LimitedDataSource(
    SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Pooling = true }.ConnectionString,
        limit: 1)
{
    // secure_delete: erased data is overwritten, and does not stay readable in the file until its space is reused.
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

    // The driver keeps a closed connection's handle for the next one. A new handle does not have our settings yet. Needs no lock, since
    // there is one connection.
    SQLitePCL.sqlite3? configured;

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
