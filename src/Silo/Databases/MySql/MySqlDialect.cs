using System.Data.Common;
using System.Globalization;
using System.Text;
using Alerts.Sql;
using MySql.Data.MySqlClient;

namespace Alerts.Silo.Databases.MySql;

/// <summary>MySQL 8.4 and MariaDB 10.11.</summary>
public sealed class MySqlDialect : SqlDialect
{
    /// <summary>The one instance.</summary>
    public static readonly MySqlDialect Instance = new();

    /// <summary>The driver's key for the server's error number; it leaves the SQLSTATE empty.</summary>
    const string ServerError = "Server Error Code";

    // The whole server shares the lock's name, which has at most 64 characters; hence the hash of the database's name.
    const string LockName = "MD5(CONCAT('alerts schema ', DATABASE()))";

    static readonly string replaceState = " ON DUPLICATE KEY UPDATE " + string.Join(
        ", ", ((string[])["PayloadBinary", "ModifiedOn"])
            .Select(column => $"{column} = IF(Version = VALUES(Version), VALUES({column}), {column})"))
        + ", Version = IF(Version = VALUES(Version), Version + 1, Version)";

    MySqlDialect()
    {
    }

    public override string Name => "MySql";

    public override string Invariant => "MySql.Data.MySqlClient";

    public override string DriverNamespace => "MySql";

    /// <summary>
    /// More rows are not faster. MariaDB joins a list of a thousand as a table, in an order of its own, but all writers must lock in the
    /// same order.
    /// </summary>
    public override int MaxRows => 500;

    public override int MaxParameters => 65_535;

    public override bool InlinesValues => true;

    public override string ForUpdate => "FOR UPDATE";

    public override string CreateVersionTable =>
        """
        CREATE TABLE IF NOT EXISTS schema_version (
          version INT NOT NULL PRIMARY KEY,
          name VARCHAR(100) NOT NULL,
          applied_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
        ) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    public override string OnConflict(string key) => "ON DUPLICATE KEY UPDATE";

    public override string New(string column) => $"VALUES({column})";

    public override void AppendLiteral(StringBuilder sql, object? value) => MySqlLiteral.Append(sql, value);

    public override async Task<bool> LockSchemaAsync(DbConnection connection, TimeSpan wait, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT GET_LOCK({LockName}, {(int)wait.TotalSeconds})");
        command.CommandTimeout = 2 * (int)wait.TotalSeconds;
        var got = await command.ExecuteScalarAsync(cancellationToken);
        return got is not (null or DBNull) && Convert.ToInt32(got, CultureInfo.InvariantCulture) == 1;
    }

    public override async Task UnlockSchemaAsync(DbConnection connection, bool commit)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT RELEASE_LOCK({LockName})";
        await command.ExecuteScalarAsync();
    }

    /// <summary>
    /// One statement for all existing rows. Each row is replaced if its version is the expected one. Version is assigned last, so the other
    /// assignments still see the old one. The server counts two for a replaced row, and at most one for any other.
    /// </summary>
    public override async Task<bool> WriteStatesAsync(DbTransaction transaction, IReadOnlyList<StateRow> rows, DateTime now,
        CancellationToken cancellationToken)
    {
        // Sorted by key, so that two silos lock in the same order.
        var inOrder = rows.OrderBy(row => row.IdHash).ThenBy(row => row.Key, StringComparer.Ordinal).ToLookup(row => row.Version is null);
        if (inOrder[false].Any()
            && await Insert(inOrder[false]).Sql(replaceState).ExecuteAsync(cancellationToken) != 2 * inOrder[false].Count())
            return false;
        return !inOrder[true].Any() || await Insert(inOrder[true]).ExecuteAsync(cancellationToken) == inOrder[true].Count();

        SqlBuilder Insert(IEnumerable<StateRow> some) => new SqlBuilder(transaction.Connection!, transaction, this)
            .Sql(InsertState)
            .Rows(some, (sql, row) => sql.Values(StateValues(row, now, row.Version ?? 1)));
    }

    /// <summary>MySQL has no IF NOT EXISTS for columns and indexes.</summary>
    public override bool IsDoneBefore(DbException fault) =>
        fault is MySqlException { Number: var number }
            && (MySqlErrorCode)number is MySqlErrorCode.DuplicateFieldName or MySqlErrorCode.DuplicateKeyName;

    /// <summary>
    /// Null, out of range, truncated, wrong, outside the character set, too long, too many placeholders, against a check, too large a
    /// packet.
    /// </summary>
    protected override bool RefusesValues(DbException fault) =>
        ErrorOf(fault) is 1048 or 1153 or 1264 or 1265 or 1292 or 1366 or 1390 or 1406 or 1690 or 3819 or 4025
        // The driver checks the packet itself, and gives no error number.
        || fault.Message.Contains("max_allowed_packet", StringComparison.Ordinal);

    protected override bool IsDeadlock(DbException fault) => ErrorOf(fault) is 1213;

    /// <summary>While a query's rows are read, the driver wraps the server's error.</summary>
    static object? ErrorOf(DbException fault) => (fault.InnerException as DbException ?? fault).Data[ServerError];
}
