using System.Data.Common;
using System.Net.Sockets;
using System.Text;

namespace Alerts.Sql;

/// <summary>What one kind of database says in words of its own. All other SQL is the same text for every kind.</summary>
public abstract class SqlDialect
{
    /// <summary>
    /// The most bytes of values in one statement, so that it stays far below the packet a server accepts (16 MiB at MariaDB).
    /// A single row may be larger.
    /// </summary>
    public const int MaxStatementBytes = 1024 * 1024;

    /// <summary>The most times in a row that a deadlock may choose a statement as its victim.</summary>
    const int MaxDeadlocks = 5;

    /// <summary>Begins the insert of rows of grain state.</summary>
    protected const string InsertState =
        "INSERT INTO OrleansStorage (ServiceId, GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString, GrainTypeString, "
        + "Version, ModifiedOn, PayloadBinary) VALUES ";

    /// <summary>The folder of its scripts.</summary>
    public abstract string Name { get; }

    /// <summary>Orleans' name of its driver.</summary>
    public abstract string Invariant { get; }

    /// <summary>The namespace of the driver's exceptions, which cross the cluster.</summary>
    public abstract string DriverNamespace { get; }

    /// <summary>The most rows of one statement.</summary>
    public abstract int MaxRows { get; }

    /// <summary>The most parameters of one statement.</summary>
    public abstract int MaxParameters { get; }

    /// <summary>Whether values of large statements stand in their text (<see cref="AppendLiteral"/>).</summary>
    public abstract bool InlinesValues { get; }

    /// <summary>Locks the rows read until the transaction ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Makes the table <c>schema_version</c> where it is missing.</summary>
    public abstract string CreateVersionTable { get; }

    /// <summary>Begins what an INSERT does instead when the key is there.</summary>
    public abstract string OnConflict(string key);

    /// <summary>The value that could not be inserted.</summary>
    public abstract string New(string column);

    /// <summary>Appends a value to the text of a statement.</summary>
    public abstract void AppendLiteral(StringBuilder sql, object? value);

    /// <summary>Keeps other silos from changing the schema until <see cref="UnlockSchemaAsync"/>.</summary>
    /// <returns>False when another silo held the lock for the whole wait.</returns>
    public abstract Task<bool> LockSchemaAsync(DbConnection connection, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>Ends the lock; where scripts run in a transaction, commits them or takes them back.</summary>
    public abstract Task UnlockSchemaAsync(DbConnection connection, bool commit);

    /// <summary>Whether a script failed because its last statement, a column or an index, was done before.</summary>
    public abstract bool IsDoneBefore(DbException fault);

    /// <summary>Whether the database refuses these values for good, so that another attempt fails as well.</summary>
    public bool Refuses(Exception fault) => fault is DbException refusal && RefusesValues(refusal);

    /// <summary>Whether another attempt may succeed: a deadlock, a timeout, a lost connection, a full pool, a database being changed.</summary>
    public bool IsTransient(Exception fault) => fault switch
    {
        DbException refusal => !RefusesValues(refusal),
        TimeoutException or IOException or SocketException => true,
        // The drivers report a connection that broke under a transaction so.
        InvalidOperationException => true,
        _ => false,
    };

    /// <summary>Runs a statement that is a transaction of its own: as a deadlock's victim the database takes it back whole.</summary>
    /// <exception cref="DbException">It failed otherwise, or was the victim <see cref="MaxDeadlocks"/> times.</exception>
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
                // The other transaction has the locks and goes on, so there is nothing to wait for.
            }
        }
    }

    /// <summary>Writes a row of grain state where the version it names is stored.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> WriteStateAsync(
        DbConnection connection, DbTransaction? transaction, StateRow row, DateTime now, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder(connection, transaction, InlinesValues ? this : null);
        _ = row.Version is { } version
            ? sql.Sql("UPDATE OrleansStorage SET Version = Version + 1, ModifiedOn = ").Value(now).Sql(", PayloadBinary = ").Value(row.Payload)
                .Sql(" WHERE ServiceId = ").Value(row.Service).Sql(" AND GrainIdHash = ").Value(row.IdHash)
                .Sql(" AND GrainTypeHash = ").Value(row.TypeHash).Sql(" AND GrainIdN0 = 0 AND GrainIdN1 = 0")
                .Sql(" AND GrainIdExtensionString = ").Value(row.Key).Sql(" AND GrainTypeString = ").Value(row.Type)
                .Sql(" AND Version = ").Value(version)
            : sql.Sql(InsertState).Values(StateValues(row, now, 1));
        return await sql.ExecuteAsync(cancellationToken) == 1;
    }

    /// <summary>Writes rows of grain state, each where the version it names is stored. A kind of database that knows a cheaper way overrides it.</summary>
    /// <returns>Whether every row was written. If not, the transaction must be taken back.</returns>
    public virtual async Task<bool> WriteStatesAsync(DbTransaction transaction, IReadOnlyList<StateRow> rows, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            if (!await WriteStateAsync(transaction.Connection!, transaction, row, now, cancellationToken))
                return false;
        }

        return true;
    }

    /// <summary>Rows in their order, in the parts that one statement each can hold.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">Values a row.</param>
    /// <param name="bytes">About how many bytes a row has.</param>
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

    /// <summary>The values of <see cref="InsertState"/>.</summary>
    protected static object?[] StateValues(StateRow row, DateTime now, int version) =>
        [row.Service, row.IdHash, row.TypeHash, 0, 0, row.Key, row.Type, version, now, row.Payload];

    /// <summary>Whether the fault is about the values: out of range, too long, not of the character set, a statement too large.</summary>
    protected abstract bool RefusesValues(DbException fault);

    /// <summary>Whether the database took the transaction back to end a deadlock.</summary>
    protected abstract bool IsDeadlock(DbException fault);
}
