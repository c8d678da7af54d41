using System.Data.Common;
using Alerts.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Users.Addresses;

/// <summary>
/// The table <c>enrolment_keys</c> of the alerts database. Safe for concurrent use; each key is written only by its grain.
/// </summary>
public sealed class EnrolmentKeys([FromKeyedServices(DatabaseKeys.Alerts)] DbDataSource database, SqlDialect dialect, TimeProvider clock)
{
    /// <summary>How long a key is remembered: as long as an unconfirmed user is kept.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(7);

    internal async Task<EnrolmentKey?> FindAsync(string name)
    {
        await using var connection = await database.OpenConnectionAsync();
        var rows = await new SqlBuilder(connection)
            .Sql("SELECT fingerprint, attempt FROM enrolment_keys WHERE name = ").Value(name)
            .Sql(" AND created_at >= ").Value(Oldest)
            .ReadAsync(row => new EnrolmentKey(name, row.GetString(0), row.GetInt32(1)), CancellationToken.None);
        return rows.SingleOrDefault();
    }

    internal async Task SaveAsync(EnrolmentKey key)
    {
        await using var connection = await database.OpenConnectionAsync();
        await new SqlBuilder(connection)
            .Sql("INSERT INTO enrolment_keys (name, fingerprint, attempt, created_at) VALUES ")
            .Values(key.Name, key.Fingerprint, key.Attempt, clock.GetUtcNow().ToUnixTimeSeconds())
            .Sql($" {dialect.OnConflict("name")} fingerprint = {dialect.New("fingerprint")}, attempt = {dialect.New("attempt")}")
            .Sql($", created_at = {dialect.New("created_at")}")
            .ExecuteAsync(CancellationToken.None);
    }

    /// <summary>
    /// Deletes at most <paramref name="limit"/> keys that are older than <see cref="KeepFor"/>, and returns their number.
    /// </summary>
    public async Task<int> DeleteOldAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Read first, without a lock: a delete by a range of time would lock the index's gaps against writers.
        var names = await new SqlBuilder(connection)
            .Sql("SELECT name FROM enrolment_keys WHERE created_at < ").Value(Oldest).Sql(" ORDER BY created_at LIMIT ").Value(limit)
            .ReadAsync(row => row.GetString(0), cancellationToken);
        if (names.Count > 0)
            await new SqlBuilder(connection).Sql("DELETE FROM enrolment_keys WHERE name IN ").Values(names).ExecuteAsync(cancellationToken);
        return names.Count;
    }

    long Oldest => (clock.GetUtcNow() - KeepFor).ToUnixTimeSeconds();
}
