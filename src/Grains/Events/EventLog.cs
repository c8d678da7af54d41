using System.Data;
using System.Data.Common;
using System.Globalization;
using Alerts.Sql;
using Alerts.State;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Events;

/// <summary>
/// The table <c>user_event</c> of the alerts database, from which other services learn of changes. An event is written in the transaction
/// of its row. Transactions commit in another order than their events' numbers. So a reader first puts committed events in order, one
/// reader at a time. Writers wait for nobody, and without readers nothing is ordered. Safe for concurrent use.
/// </summary>
public sealed class EventLog([FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource database, SqlDialect dialect, TimeProvider clock)
{
    /// <summary>Events are kept for a day, and one hour more because clocks differ.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromHours(25);

    /// <summary>The limit of events in one answer of <see cref="ReadAsync"/>.</summary>
    public const int PageLimit = 200;

    const int Columns = 4;
    const int RowBytes = 100;

    /// <summary>Writes events in their order, on the connection and in the transaction of the change they report.</summary>
    /// <exception cref="DbException">The database did not accept them.</exception>
    public static async Task WriteAsync(DbConnection connection, DbTransaction? transaction, SqlDialect dialect,
        IEnumerable<UserEvent> events)
    {
        foreach (var part in dialect.Statements(events, Columns, one => RowBytes + one.Data.Length))
        {
            await new SqlBuilder(connection, transaction, dialect.InlinesValues ? dialect : null)
                .Sql("INSERT INTO user_event (user_id, at, type, data) VALUES ")
                .Rows(part, (sql, one) => sql.Values(one.UserId, one.At.ToUnixTimeSeconds(), one.Type, one.Data))
                .ExecuteAsync(CancellationToken.None);
        }
    }

    /// <summary>Whether the event at a place is still kept. If not, events after it may be deleted as well.</summary>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<bool> HasAsync(EventPlace place, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var found = await new SqlBuilder(connection)
            .Sql("SELECT COUNT(*) FROM user_event WHERE id = ").Value(place.Number).Sql(" AND batch = ").Value(place.Batch)
            .ReadAsync(row => row.GetInt64(0), cancellationToken);
        return found[0] > 0;
    }

    /// <summary>The next events after a place, at most <see cref="PageLimit"/>.</summary>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<IReadOnlyList<StoredEvent>> ReadAsync(EventPlace after, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await OrderAsync(connection, cancellationToken);
        return await new SqlBuilder(connection)
            .Sql("SELECT batch, id, type, data FROM user_event WHERE batch >= ").Value(after.Batch)
            .Sql(" AND (batch > ").Value(after.Batch).Sql(" OR id > ").Value(after.Number)
            .Sql(") ORDER BY batch, id LIMIT ").Value(PageLimit)
            .ReadAsync(
                row => new StoredEvent(new EventPlace(row.GetInt64(0), row.GetInt64(1)), row.GetString(2), row.GetString(3)),
                cancellationToken);
    }

    /// <summary>
    /// Overwrites the events of an erased user: each now only says that the user was erased. Their places stay, since a reader may have
    /// stopped at one.
    /// </summary>
    /// <exception cref="DbException">The database did not accept the change.</exception>
    public async Task EraseUserAsync(string userId, CancellationToken cancellationToken)
    {
        var erased = UserEvents.ErasedOf(userId, clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = await new SqlBuilder(connection)
            .Sql("SELECT id FROM user_event WHERE user_id = ").Value(userId).Sql(" AND type <> ").Value(erased.Type)
            .ReadAsync(row => (object?)row.GetInt64(0), cancellationToken);
        foreach (var part in dialect.Statements(ids, 1, _ => sizeof(long)))
        {
            await dialect.AgainAfterDeadlockAsync(() => new SqlBuilder(connection)
                .Sql("UPDATE user_event SET type = ").Value(erased.Type).Sql(", data = ").Value(erased.Data).Sql(" WHERE id IN ")
                .Values(part)
                .ExecuteAsync(cancellationToken));
        }
    }

    /// <summary>
    /// Deletes at most <paramref name="limit"/> events that are older than <see cref="KeepFor"/>, and returns their number.
    /// </summary>
    /// <exception cref="DbException">The database did not accept the deletion.</exception>
    public async Task<int> DeleteOldAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var before = (clock.GetUtcNow() - KeepFor).ToUnixTimeSeconds();
        // Read first, without a lock: a delete by a range of time would lock the index's gaps against writers.
        var ids = await new SqlBuilder(connection)
            .Sql("SELECT id FROM user_event WHERE at < ").Value(before).Sql(" ORDER BY at LIMIT ").Value(limit)
            .ReadAsync(row => (object?)row.GetInt64(0), cancellationToken);
        foreach (var part in dialect.Statements(ids, 1, _ => sizeof(long)))
            await new SqlBuilder(connection).Sql("DELETE FROM user_event WHERE id IN ").Values(part).ExecuteAsync(cancellationToken);
        return ids.Count;
    }

    /// <summary>
    /// Gives the next batch number to all events without one. A user's later event is written after the earlier one was committed, so their
    /// order is kept.
    /// </summary>
    async Task OrderAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if ((await UnorderedAsync(connection, null, 1, cancellationToken)).Count == 0)
            return;
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var newest = await new SqlBuilder(connection, transaction)
            .Sql($"SELECT newest FROM event_batch WHERE id = 1 {dialect.ForUpdate}")
            .ReadAsync(row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken);
        if (await UnorderedAsync(connection, transaction, dialect.MaxRows, cancellationToken) is not { Count: > 0 } ids)
            return;
        await new SqlBuilder(connection, transaction)
            .Sql("UPDATE user_event SET batch = ").Value(newest[0] + 1).Sql(" WHERE id IN ").Values(ids)
            .ExecuteAsync(cancellationToken);
        await new SqlBuilder(connection, transaction)
            .Sql("UPDATE event_batch SET newest = ").Value(newest[0] + 1).Sql(" WHERE id = 1")
            .ExecuteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    static Task<List<object?>> UnorderedAsync(DbConnection connection, DbTransaction? transaction, int limit,
        CancellationToken cancellationToken) =>
        new SqlBuilder(connection, transaction)
            .Sql("SELECT id FROM user_event WHERE batch IS NULL ORDER BY id LIMIT ").Value(limit)
            .ReadAsync(row => (object?)row.GetInt64(0), cancellationToken);
}
