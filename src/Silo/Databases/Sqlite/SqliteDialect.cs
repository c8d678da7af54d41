using System.Data.Common;
using System.Text;
using Alerts.Sql;
using Microsoft.Data.Sqlite;

namespace Alerts.Silo.Databases.Sqlite;

/// <summary>SQLite, one file.</summary>
public sealed class SqliteDialect : SqlDialect
{
    /// <summary>The one instance.</summary>
    public static readonly SqliteDialect Instance = new();

    const int General = 1, TooBig = 18, Constraint = 19, Mismatch = 20, Range = 25;

    SqliteDialect()
    {
    }

    public override string Name => "Sqlite";

    /// <summary>Orleans does not know Microsoft's driver. With a data source, it only needs the name of a dialect that it knows.</summary>
    public override string Invariant => "System.Data.SQLite";

    public override string DriverNamespace => "Microsoft.Data.Sqlite";

    /// <summary>
    /// The driver compares each parameter with all others of a statement, so the time grows with the square of their number. Several
    /// statements cost nothing, since there is no server.
    /// </summary>
    public override int MaxRows => 40;

    public override int MaxParameters => 32_766;

    public override bool InlinesValues => false;

    /// <summary>A transaction has the whole database for itself.</summary>
    public override string ForUpdate => "";

    public override string CreateVersionTable =>
        """
        CREATE TABLE IF NOT EXISTS schema_version (
          version INTEGER NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now'))
        )
        """;

    public override string OnConflict(string key) => $"ON CONFLICT ({key}) DO UPDATE SET";

    public override string New(string column) => $"excluded.{column}";

    public override void AppendLiteral(StringBuilder sql, object? value) =>
        throw new NotSupportedException("Values of SQLite's statements are parameters.");

    /// <summary>The transaction waits for others up to the driver's limit for a command.</summary>
    public override async Task<bool> LockSchemaAsync(DbConnection connection, TimeSpan wait, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "BEGIN EXCLUSIVE", (int)wait.TotalSeconds, cancellationToken);
        return true;
    }

    public override Task UnlockSchemaAsync(DbConnection connection, bool commit) =>
        ExecuteAsync(connection, commit ? "COMMIT" : "ROLLBACK", connection.ConnectionTimeout, CancellationToken.None);

    /// <summary>A script and its version are one transaction.</summary>
    public override bool IsDoneBefore(DbException fault) => false;

    /// <summary>SQLite accepts nearly every value. It refuses a text or a statement beyond its limits, and a violated constraint.</summary>
    protected override bool RefusesValues(DbException fault) =>
        fault is SqliteException { SqliteErrorCode: TooBig or Constraint or Mismatch or Range }
        || (fault is SqliteException { SqliteErrorCode: General } && fault.Message.Contains("too many", StringComparison.Ordinal));

    /// <summary>There is only one writer at a time.</summary>
    protected override bool IsDeadlock(DbException fault) => false;

    static async Task ExecuteAsync(DbConnection connection, string sql, int timeout, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = timeout;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
