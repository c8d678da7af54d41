using System.Data.Common;
using System.Net.Sockets;
using System.Text;

namespace Alerts.Sql;

/// <summary>The SQL that differs between kinds of databases. All other SQL is the same text for every kind.</summary>
public abstract class SqlDialect
{
    /// <summary>
    /// Limit of bytes of values in one statement, far below the packet that a server accepts (16 MiB at MariaDB). A single row may be
    /// larger.
    /// </summary>
    public const int MaxStatementBytes = 1024 * 1024;

    /// <summary>A statement is repeated when a deadlock chooses it as victim, up to this many times in a row.</summary>
    const int MaxDeadlocks = 5;

    protected const string InsertState =
        "INSERT INTO OrleansStorage (ServiceId, GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString, GrainTypeString, "
        + "Version, ModifiedOn, PayloadBinary) VALUES ";

    /// <summary>The name of the folder with its scripts.</summary>
    public abstract string Name { get; }

    /// <summary>Orleans' name of the driver.</summary>
    public abstract string Invariant { get; }

    /// <summary>The namespace of the driver's exceptions, which are sent between silos.</summary>
    public abstract string DriverNamespace { get; }

    /// <summary>Limit of rows in one statement.</summary>
    public abstract int MaxRows { get; }

    /// <summary>Limit of parameters in one statement.</summary>
    public abstract int MaxParameters { get; }

    /// <summary>Whether values of large statements are written into their text (<see cref="AppendLiteral"/>).</summary>
    public abstract bool InlinesValues { get; }

    /// <summary>The clause that locks the rows read until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Creates the table <c>schema_version</c> if it is missing.</summary>
    public abstract string CreateVersionTable { get; }

    /// <summary>Begins the clause that says what an INSERT does when the key exists.</summary>
    public abstract string OnConflict(string key);

    /// <summary>The value that could not be inserted.</summary>
    public abstract string New(string column);

    /// <summary>Appends a value to the text of a statement.</summary>
    public abstract void AppendLiteral(StringBuilder sql, object? value);

    /// <summary>Prevents other silos from changing the schema until <see cref="UnlockSchemaAsync"/>.</summary>
    /// <returns>False when another silo held the lock for the whole wait.</returns>
    public abstract Task<bool> LockSchemaAsync(DbConnection connection, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Releases the lock. Where scripts run in a transaction, commits them or rolls them back.</summary>
    public abstract Task UnlockSchemaAsync(DbConnection connection, bool commit);

    /// <summary>Whether a script failed because its last statement, a column or an index, had been applied already.</summary>
    public abstract bool IsDoneBefore(DbException fault);

    /// <summary>Whether the database refuses these values permanently, so that another attempt would fail too.</summary>
    public bool Refuses(Exception fault) => fault is DbException refusal && RefusesValues(refusal);

    /// <summary>Whether another attempt may succeed: after a deadlock, timeout, lost connection, full pool or schema change.</summary>
    public bool IsTransient(Exception fault) => fault switch
    {
        DbException refusal => !RefusesValues(refusal),
        TimeoutException or IOException or SocketException => true,
        // The drivers report this when a connection breaks during a transaction.
        InvalidOperationException => true,
        _ => false,
    };

    /// <summary>
    /// Runs a statement that is its own transaction. If a deadlock makes it the victim, the database rolls it back completely and it is
    /// repeated.
    /// </summary>
    /// <exception cref="DbException">It failed for another reason, or was the victim <see cref="MaxDeadlocks"/> times.</exception>
    public async Task<T> AgainAfterDeadlockAsync<T>(Func<Task<T>> statement)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await statement();
            }
            catch (DbException fault) when (attempt < MaxDeadlocks && IsDeadlock(fault))
            {
                // The other transaction has the locks and goes on, so no pause is needed.
            }
        }
    }

    /// <summary>Writes a row of grain state if the stored version is the one it names.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> WriteStateAsync(
        DbConnection connection, DbTransaction? transaction, StateRow row, DateTime now, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder(connection, transaction, InlinesValues ? this : null);
        _ = row.Version is { } version
            ? sql.Sql("UPDATE OrleansStorage SET Version = Version + 1, ModifiedOn = ").Value(now).Sql(", PayloadBinary = ")
            .Value(row.Payload)
                .Sql(" WHERE ServiceId = ").Value(row.Service).Sql(" AND GrainIdHash = ").Value(row.IdHash)
                .Sql(" AND GrainTypeHash = ").Value(row.TypeHash).Sql(" AND GrainIdN0 = 0 AND GrainIdN1 = 0")
                .Sql(" AND GrainIdExtensionString = ").Value(row.Key).Sql(" AND GrainTypeString = ").Value(row.Type)
                .Sql(" AND Version = ").Value(version)
            : sql.Sql(InsertState).Values(StateValues(row, now, 1));
        return await sql.ExecuteAsync(cancellationToken) == 1;
    }

    /// <summary>
    /// Writes rows of grain state, each if the stored version is the one it names. A dialect with a cheaper way overrides this.
    /// </summary>
    /// <returns>Whether every row was written. If not, the transaction must be rolled back.</returns>
    public virtual async Task<bool> WriteStatesAsync(DbTransaction transaction, IReadOnlyList<StateRow> rows, DateTime now,
        CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            if (!await WriteStateAsync(transaction.Connection!, transaction, row, now, cancellationToken))
                return false;
        }

        return true;
    }

    /// <summary>Divides rows into parts that fit one statement each, in their order.</summary>
    /// <param name="columns">Values in a row.</param>
    /// <param name="bytes">The approximate size of a row in bytes.</param>
    public IEnumerable<IReadOnlyList<T>> Statements<T>(IEnumerable<T> rows, int columns, Func<T, int> bytes)
    {
        var most = Math.Max(1, Math.Min(MaxRows, MaxParameters / columns));
        var (part, size) = (new List<T>(), 0L);
        foreach (var row in rows)
        {
            var rowSize = bytes(row);
            if (part.Count == most || (part.Count > 0 && size + rowSize > MaxStatementBytes))
            {
                yield return part;
                (part, size) = ([], 0);
            }

            part.Add(row);
            size += rowSize;
        }

        if (part.Count > 0)
            yield return part;
    }

    protected static object?[] StateValues(StateRow row, DateTime now, int version) =>
        [row.Service, row.IdHash, row.TypeHash, 0, 0, row.Key, row.Type, version, now, row.Payload];

    /// <summary>Whether the fault is about the values: out of range, too long, not in the character set, a statement too large.</summary>
    protected abstract bool RefusesValues(DbException fault);

    /// <summary>Whether the database rolled the transaction back to end a deadlock.</summary>
    protected abstract bool IsDeadlock(DbException fault);
}
