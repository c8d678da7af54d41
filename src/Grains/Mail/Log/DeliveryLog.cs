using System.Data.Common;
using System.Threading.Channels;
using Alerts.Outbox;
using Alerts.Sql;
using Alerts.State;
using Alerts.State.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Mail.Log;

/// <summary>
/// The mails that the SMTP server accepted: table <c>delivery_log</c> of the alerts database. It is asked before a mail is sent again.
/// Records that arrive during one insert share the next one. Safe for concurrent use.
/// </summary>
public sealed class DeliveryLog : IAsyncDisposable
{
    /// <summary>Records in one insert.</summary>
    public const int BatchLimit = 200;

    /// <summary>Records waiting to be written; the caller of a further one waits.</summary>
    public const int QueueLimit = 4 * BatchLimit;

    /// <summary>The limit of records in one answer of <see cref="ListAsync"/>.</summary>
    public const int PageLimit = 200;

    const int RecordColumns = 9;
    const int RecordBytes = 300;

    readonly DbDataSource database;
    readonly SqlDialect dialect;
    readonly string replace;
    readonly Task writing;
    readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });

    public DeliveryLog([FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource database, SqlDialect dialect)
    {
        (this.database, this.dialect) = (database, dialect);
        replace = $" {dialect.OnConflict("message_id")} " + string.Join(
            ", ", ((string[])["user_id", "kind", "subject", "accepted_at", "attempts", "item_ids", "content", "content_until"])
                .Select(column => $"{column} = {dialect.New(column)}"));
        // On the thread pool: otherwise the loop would run on the scheduler of the grain that first needs the log.
        writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Writes a record, and returns when it is committed. It replaces a record of the same notification.</summary>
    /// <param name="record">The record.</param>
    /// <param name="content">What the message said; null when it was about no search.</param>
    /// <exception cref="DbException">The database did not accept it.</exception>
    public async Task RecordAsync(DeliveryRecord record, DeliveredContent? content = null)
    {
        var pending = new Pending(record, content, content?.Store());
        await queue.Writer.WriteAsync(pending);
        await pending.Written.Task;
    }

    /// <summary>Whether the SMTP server accepted the mail of this notification.</summary>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<bool> WasAcceptedAsync(string notificationId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var found = await new SqlBuilder(connection)
            .Sql("SELECT COUNT(*) FROM delivery_log WHERE message_id = ").Value(notificationId)
            .ReadAsync(row => row.GetInt64(0), cancellationToken);
        return found[0] > 0;
    }

    /// <summary>
    /// What the log says before a message is sent. Accepted: an earlier attempt succeeded unnoticed. Deferred: the log does not answer, so
    /// the message might be sent twice. Null: send it.
    /// </summary>
    /// <param name="cause">The cause to report when the log does not answer.</param>
    public async Task<DeliveryResult?> AskBeforeAsync(OutboxEntry entry, DeferralCause cause, CancellationToken cancellationToken)
    {
        try
        {
            return entry.Attempts > 0 && await WasAcceptedAsync(entry.Notification.Id, cancellationToken)
                ? new DeliveryResult.Accepted() : null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Deferred($"The delivery log did not answer: {fault.GetType().Name}", cause);
        }
    }

    /// <summary>
    /// Records that a message was accepted. Returns the fault if that cannot be written. Then the message is sent twice only if this
    /// process dies before the next write of the user's state.
    /// </summary>
    public async Task<Exception?> TryRecordAsync(DeliveryRecord record, DeliveredContent? content)
    {
        try
        {
            await RecordAsync(record, content);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    /// <summary>A user's mails, or the messages to one of its channels, newest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="after">The last record of the page before; null for the first page.</param>
    /// <param name="limit">The number of records, at most <see cref="PageLimit"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="channelId">The channel; null for mails. The ids of its messages end with the channel's id.</param>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<IReadOnlyList<DeliveryRecord>> ListAsync(
        string userId, DeliveryRecord? after, int limit, CancellationToken cancellationToken, string? channelId = null)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var sql = new SqlBuilder(connection)
            .Sql("SELECT message_id, user_id, kind, subject, accepted_at, attempts FROM delivery_log WHERE user_id = ").Value(userId)
            .Sql(channelId is null ? " AND message_id NOT LIKE " : " AND message_id LIKE ").Value($"%.{channelId ?? "c-"}%");
        if (after is not null)
        {
            var time = Stored(after.AcceptedAt);
            sql.Sql(" AND (accepted_at < ").Value(time)
                .Sql(" OR (accepted_at = ").Value(time).Sql(" AND message_id < ").Value(after.NotificationId).Sql("))");
        }

        return await sql
            .Sql(" ORDER BY accepted_at DESC, message_id DESC LIMIT ").Value(Math.Clamp(limit, 1, PageLimit))
            .ReadAsync(RecordOf, cancellationToken);
    }

    /// <summary>One of a user's mails, or of the messages to its channels, with what it said; null when there is none.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="notificationId">Its id, of ASCII characters.</param>
    /// <param name="now">What may not be shown any more by then is left out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<DeliveredMessage?> FindAsync(
        string userId, string notificationId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var found = await new SqlBuilder(connection)
            .Sql("SELECT message_id, user_id, kind, subject, accepted_at, attempts, item_ids, content, content_until FROM delivery_log "
                + "WHERE message_id = ")
            .Value(notificationId).Sql(" AND user_id = ").Value(userId)
            .ReadAsync(
                row => !row.IsDBNull(8) && row.GetTime(8) is var until && until > now
                    ? new DeliveredMessage(RecordOf(row), DeliveredContent.ReadIds(row.GetText(6)),
                        DeliveredContent.Read(row.GetFieldValue<byte[]>(7)), until)
                    : new DeliveredMessage(RecordOf(row), DeliveredContent.ReadIds(row.GetText(6)), Searches: null, ContentUntil: null),
                cancellationToken);
        return found.SingleOrDefault();
    }

    /// <summary>
    /// Takes from the oldest of the records what may not be shown any more by a moment, and says of how many. The ids of listings stay.
    /// </summary>
    /// <param name="moment">The moment.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DbException">The database did not take it.</exception>
    public async Task<int> ForgetContentAsync(DateTimeOffset moment, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = await new SqlBuilder(connection)
            .Sql("SELECT message_id FROM delivery_log WHERE content_until <= ").Value(Stored(moment)).Sql(" ORDER BY content_until LIMIT ")
            .Value(limit)
            .ReadAsync(row => row.GetString(0), cancellationToken);
        foreach (var part in dialect.Statements(ids, 1, id => id.Length))
        {
            await dialect.AgainAfterDeadlockAsync(() => new SqlBuilder(connection)
                .Sql("UPDATE delivery_log SET content = NULL, content_until = NULL WHERE message_id IN ").Values(part)
                .ExecuteAsync(cancellationToken));
        }

        return ids.Count;
    }

    /// <summary>Deletes the records of a user's mails.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="except">A notification whose record stays, since its mail may have to be sent again; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DbException">The database did not accept the deletion.</exception>
    public async Task DeleteUserAsync(string userId, string? except, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await dialect.AgainAfterDeadlockAsync(() => new SqlBuilder(connection)
            .Sql("DELETE FROM delivery_log WHERE user_id = ").Value(userId).Sql(" AND message_id <> ").Value(except ?? "")
            .ExecuteAsync(cancellationToken));
    }

    /// <summary>Deletes at most <paramref name="limit"/> of the oldest records made before a moment, and returns their number.</summary>
    /// <exception cref="DbException">The database did not accept the deletion.</exception>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset moment, int limit, CancellationToken cancellationToken)
    {
        // The ids are read first, without a lock: a delete by a range of time would lock the index's gaps against writers.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = await new SqlBuilder(connection)
            .Sql("SELECT message_id FROM delivery_log WHERE accepted_at < ").Value(Stored(moment)).Sql(" ORDER BY accepted_at LIMIT ")
            .Value(limit)
            .ReadAsync(row => row.GetString(0), cancellationToken);
        foreach (var part in dialect.Statements(ids, 1, id => id.Length))
        {
            await dialect.AgainAfterDeadlockAsync(() => new SqlBuilder(connection)
                .Sql("DELETE FROM delivery_log WHERE message_id IN ").Values(part)
                .ExecuteAsync(cancellationToken));
        }

        return ids.Count;
    }

    async Task WriteAllAsync()
    {
        var batch = new List<Pending>(BatchLimit);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchLimit && queue.Reader.TryRead(out var pending))
                batch.Add(pending);
            foreach (var part in dialect.Statements(batch, RecordColumns, pending => RecordBytes + pending.Record.Subject.Length
                + (pending.Bytes?.Length ?? 0) + (pending.Content?.StoredIds.Length ?? 0)))
                await TryInsertAsync(part);
            batch.Clear();
        }
    }

    async Task TryInsertAsync(IReadOnlyList<Pending> part)
    {
        try
        {
            await InsertAsync(part);
        }
        catch (Exception fault)
        {
            // Each caller handles its own failed record. The loop goes on with the next ones.
            foreach (var pending in part)
                pending.Written.TrySetException(fault);
        }
    }

    /// <summary>Writes the records in one statement. If the database refuses one of them, only that one fails.</summary>
    async Task InsertAsync(IReadOnlyList<Pending> batch)
    {
        await using var connection = await database.OpenConnectionAsync();
        await Halving.WriteAsync(
            batch,
            async part =>
            {
                await dialect.AgainAfterDeadlockAsync(() => new SqlBuilder(connection)
                    .Sql("INSERT INTO delivery_log (message_id, user_id, kind, subject, accepted_at, attempts, item_ids, content, "
                        + "content_until) VALUES ")
                    .Rows(part.Reverse()
                        .DistinctBy(pending => pending.Record.NotificationId), (sql, pending) => sql.Values(ValuesOf(pending)))
                    .Sql(replace)
                    .ExecuteAsync(CancellationToken.None));
                foreach (var pending in part)
                    pending.Written.TrySetResult();
            },
            dialect.Refuses,
            (pending, fault) => pending.Written.TrySetException(fault));
    }

    static object?[] ValuesOf(Pending pending) =>
    [
        pending.Record.NotificationId, pending.Record.UserId, pending.Record.Kind.ToString(), pending.Record.Subject,
        Stored(pending.Record.AcceptedAt), pending.Record.Attempts,
        pending.Content?.StoredIds, pending.Bytes, pending.Content is { } content ? Stored(content.Until) : null,
    ];

    static DeliveryRecord RecordOf(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), Enum.Parse<NotificationKind>(row.GetString(2)), row.GetString(3), row.GetTime(4),
            row.GetInt32(5));

    /// <summary>UTC in whole microseconds, the resolution of MySQL.</summary>
    static DateTime Stored(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    /// <summary>Writes the waiting records and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing;
    }

    sealed record Pending(DeliveryRecord Record, DeliveredContent? Content, byte[]? Bytes)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
