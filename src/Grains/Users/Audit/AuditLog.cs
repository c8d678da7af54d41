using System.Data.Common;
using Alerts.Sql;
using Alerts.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Users.Audit;

/// <summary>The table <c>audit_log</c> of the alerts database. Safe for concurrent use.</summary>
public sealed class AuditLog([FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource database, LinkTokens tokens, TimeProvider clock)
{
    /// <summary>How long a record is kept: a year.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(365);

    /// <summary>The most records that <see cref="ListAsync"/> returns.</summary>
    public const int PageLimit = 200;

    /// <summary>What stands for a person in the log: an erased user's id is not kept, and can still be asked for.</summary>
    public string SubjectOf(string userId) => "p-" + tokens.NameOf("audit", userId)[..32];

    /// <exception cref="DbException">The database did not take it.</exception>
    public async Task WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await new SqlBuilder(connection)
            .Sql("INSERT INTO audit_log (at, actor, action, subject, status, request_id) VALUES ")
            .Values(record.At.ToUnixTimeSeconds(), record.Actor, record.Action, record.Subject, record.Status, record.RequestId)
            .ExecuteAsync(cancellationToken);
    }

    /// <summary>The newest records, newest first.</summary>
    /// <param name="subject">Only of this person, as <see cref="SubjectOf"/> names them; null: of all.</param>
    /// <param name="limit">At most this many; capped at <see cref="PageLimit"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<IReadOnlyList<AuditRecord>> ListAsync(string? subject, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var sql = new SqlBuilder(connection).Sql("SELECT at, actor, action, subject, status, request_id FROM audit_log");
        if (subject is not null)
            sql.Sql(" WHERE subject = ").Value(subject);
        return await sql.Sql(" ORDER BY id DESC LIMIT ").Value(Math.Clamp(limit, 1, PageLimit)).ReadAsync(
            row => new AuditRecord(
                DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(0)), row.GetString(1), row.GetString(2),
                row.IsDBNull(3) ? null : row.GetString(3), row.GetInt32(4), row.GetString(5)),
            cancellationToken);
    }

    /// <summary>Deletes records that are over their time, and says how many.</summary>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<int> DeleteOldAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var before = (clock.GetUtcNow() - KeepFor).ToUnixTimeSeconds();
        // Read first, without a lock: a delete by a range of time would lock the index's gaps against those who write.
        var ids = await new SqlBuilder(connection)
            .Sql("SELECT id FROM audit_log WHERE at < ").Value(before).Sql(" ORDER BY at LIMIT ").Value(limit)
            .ReadAsync(row => (object?)row.GetInt64(0), cancellationToken);
        if (ids.Count > 0)
            await new SqlBuilder(connection).Sql("DELETE FROM audit_log WHERE id IN ").Values(ids).ExecuteAsync(cancellationToken);
        return ids.Count;
    }
}
