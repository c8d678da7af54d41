using System.Data.Common;
using Alerts.Sql;
using Alerts.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Users.Audit;

/// <summary>The table <c>audit_log</c> of the alerts database. Safe for concurrent use.</summary>
public sealed class AuditLog([FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource database, LinkTokens tokens, TimeProvider clock)
{
    /// <summary>Records are kept for a year.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(365);

    /// <summary>The limit of records in one answer of <see cref="ListAsync"/>.</summary>
    public const int PageLimit = 200;

    /// <summary>
    /// Names a person in the log by a keyed hash of the id. So an erased user's id is not kept, but can still be looked up.
    /// </summary>
    public string SubjectOf(string userId) => "p-" + tokens.NameOf("audit", userId)[..32];

    /// <exception cref="DbException">The database did not accept the record.</exception>
    public async Task WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await new SqlBuilder(connection)
            .Sql("INSERT INTO audit_log (at, actor, action, subject, status, request_id) VALUES ")
            .Values(record.At.ToUnixTimeSeconds(), record.Actor, record.Action, record.Subject, record.Status, record.RequestId)
            .ExecuteAsync(cancellationToken);
    }

    /// <summary>The newest records, newest first.</summary>
    /// <param name="subject">Only records about this person, named as by <see cref="SubjectOf"/>; null for all.</param>
    /// <param name="limit">The number of records, at most <see cref="PageLimit"/>.</param>
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

    /// <summary>
    /// Deletes at most <paramref name="limit"/> records that are older than <see cref="KeepFor"/>, and returns their number.
    /// </summary>
    public async Task<int> DeleteOldAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var before = (clock.GetUtcNow() - KeepFor).ToUnixTimeSeconds();
        // Read first, without a lock: a delete by a range of time would lock the index's gaps against writers.
        var ids = await new SqlBuilder(connection)
            .Sql("SELECT id FROM audit_log WHERE at < ").Value(before).Sql(" ORDER BY at LIMIT ").Value(limit)
            .ReadAsync(row => (object?)row.GetInt64(0), cancellationToken);
        if (ids.Count > 0)
            await new SqlBuilder(connection).Sql("DELETE FROM audit_log WHERE id IN ").Values(ids).ExecuteAsync(cancellationToken);
        return ids.Count;
    }
}
