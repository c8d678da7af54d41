using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Alerts.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Mail.Log;

/// <summary>
/// What the SMTP server took, table <c>delivery_log</c> of the alerts database (SQLite or MySQL): asked before a mail is sent again.
/// Records that come while one insert is under way share the next one. Safe for concurrent use.
/// </summary>
public sealed class DeliveryLog : IAsyncDisposable
{
    /// <summary>The most records in one insert.</summary>
    public const int BatchLimit = 200;

    /// <summary>The most records waiting to be written; who brings one more waits.</summary>
    public const int QueueLimit = 4 * BatchLimit;

    /// <summary>The most records <see cref="ListAsync"/> returns.</summary>
    public const int PageLimit = 200;

    readonly DbDataSource database;
    readonly Task writing;
    readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });

    /// <summary>Starts the log on the alerts database.</summary>
    public DeliveryLog([FromKeyedServices(Databases.Alerts)] DbDataSource database)
    {
        this.database = database;
        // On the thread pool: whoever is first to ask for the log must not lend it the scheduler of a grain.
        writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Writes a record; returns when it is committed. A record of the same notification is replaced.</summary>
    /// <exception cref="DbException">The database did not take it.</exception>
    public async Task RecordAsync(DeliveryRecord record)
    {
        var pending = new Pending(record);
        await queue.Writer.WriteAsync(pending);
        await pending.Written.Task;
    }

    /// <summary>Whether the SMTP server took the mail of this notification.</summary>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<bool> WasAcceptedAsync(string notificationId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var command = new CommandDefinition(
            "SELECT COUNT(*) FROM delivery_log WHERE message_id = @notificationId", new { notificationId }, cancellationToken: cancellationToken);
        return await connection.ExecuteScalarAsync<long>(command) > 0;
    }

    /// <summary>A user's mails, newest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="after">The last record of the page before; null for the first page.</param>
    /// <param name="limit">At most this many; capped at <see cref="PageLimit"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<IReadOnlyList<DeliveryRecord>> ListAsync(string userId, DeliveryRecord? after, int limit, CancellationToken cancellationToken)
    {
        const string select = """
            SELECT message_id, user_id, kind, subject, accepted_at, attempts FROM delivery_log WHERE user_id = @userId
            """;
        const string page = " AND (accepted_at < @time OR (accepted_at = @time AND message_id < @id))";
        const string order = " ORDER BY accepted_at DESC, message_id DESC LIMIT @limit";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(
            select + (after is null ? "" : page) + order,
            new { userId, time = Stored(after?.AcceptedAt ?? default), id = after?.NotificationId, limit = Math.Clamp(limit, 1, PageLimit) },
            cancellationToken: cancellationToken));
        var records = new List<DeliveryRecord>();
        while (await reader.ReadAsync(cancellationToken))
            records.Add(new DeliveryRecord(
                reader.GetString(0),
                reader.GetString(1),
                Enum.Parse<NotificationKind>(reader.GetString(2)),
                reader.GetString(3),
                new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(4), DateTimeKind.Utc)),
                reader.GetInt32(5)));
        return records;
    }

    /// <summary>Erases a user's mails.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="except">A notification whose record stays, since its mail may have to be sent again; null: none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DbException">The database did not take it.</exception>
    public async Task DeleteUserAsync(string userId, string? except, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM delivery_log WHERE user_id = @userId AND message_id <> @except",
            new { userId, except = except ?? "" }, cancellationToken: cancellationToken));
    }

    /// <summary>Deletes the oldest of the records made before a moment, and says how many.</summary>
    /// <param name="moment">Younger ones stay.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DbException">The database did not take it.</exception>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset moment, int limit, CancellationToken cancellationToken)
    {
        // The ids are read first, without a lock: a delete by a range of time would lock the index's gaps against those who write.
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var ids = (await connection.QueryAsync<string>(new CommandDefinition(
            "SELECT message_id FROM delivery_log WHERE accepted_at < @moment ORDER BY accepted_at LIMIT @limit",
            new { moment = Stored(moment), limit }, cancellationToken: cancellationToken))).AsList();
        if (ids.Count > 0)
            await connection.ExecuteAsync(new CommandDefinition("DELETE FROM delivery_log WHERE message_id IN @ids", new { ids }, cancellationToken: cancellationToken));
        return ids.Count;
    }

    async Task WriteAllAsync()
    {
        var batch = new List<Pending>(BatchLimit);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchLimit && queue.Reader.TryRead(out var pending))
                batch.Add(pending);
            try
            {
                await InsertAsync(batch);
                batch.ForEach(pending => pending.Written.SetResult());
            }
            catch (Exception fault)
            {
                // Each caller decides what an acceptance is worth that could not be written; the loop goes on for the next ones.
                batch.ForEach(pending => pending.Written.SetException(fault));
            }

            batch.Clear();
        }
    }

    async Task InsertAsync(List<Pending> batch)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        var sql = new StringBuilder("REPLACE INTO delivery_log (message_id, user_id, kind, subject, accepted_at, attempts) VALUES ");
        for (var row = 0; row < batch.Count; row++)
        {
            var record = batch[row].Record;
            sql.Append(CultureInfo.InvariantCulture, $"{(row == 0 ? "" : ",")}(@i{row},@u{row},@k{row},@s{row},@t{row},@a{row})");
            Add(command, $"@i{row}", record.NotificationId);
            Add(command, $"@u{row}", record.UserId);
            Add(command, $"@k{row}", record.Kind.ToString());
            Add(command, $"@s{row}", record.Subject);
            Add(command, $"@t{row}", Stored(record.AcceptedAt));
            Add(command, $"@a{row}", record.Attempts);
        }

        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync();
    }

    static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    /// <summary>UTC in whole microseconds, which is what MySQL keeps.</summary>
    static DateTime Stored(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    /// <summary>Writes what is queued and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing;
    }

    sealed record Pending(DeliveryRecord Record)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
