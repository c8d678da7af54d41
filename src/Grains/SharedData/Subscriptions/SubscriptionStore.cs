using System.Data;
using System.Data.Common;
using Alerts.Search;
using Alerts.SharedData.Products;
using Alerts.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.SharedData.Subscriptions;

/// <summary>
/// Keeps the table <c>subscriptions</c> in line with users' settings: which user watches which query, and how often. No addresses.
/// </summary>
public sealed class SubscriptionStore([FromKeyedServices(DatabaseKeys.Shared)] DbDataSource source, SqlDialect dialect)
{
    const int RowColumns = 6;
    const int QueryColumns = 4;
    const int RowBytes = 200;

    /// <summary>
    /// Applies publications of users in one transaction. Of several of one user, the one with the newest settings counts, also against the
    /// stored one; with equal settings, the one that came last. Moments do not decide, because silos' clocks differ.
    /// </summary>
    /// <exception cref="DbException">The database refused or is away; nothing was written.</exception>
    public async Task WriteAsync(IReadOnlyCollection<WatchedQueries> events, CancellationToken cancellationToken)
    {
        var newest = events
            .GroupBy(watched => watched.UserId, StringComparer.Ordinal)
            .Select(user => user.Aggregate((one, next) => next.Version >= one.Version ? next : one))
            .OrderBy(watched => watched.UserId, StringComparer.Ordinal)
            .ToList();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var stored = await ReadAsync(newest, transaction, cancellationToken);
        newest.RemoveAll(watched => stored[watched.UserId].Any(row => row.Version > watched.Version));

        var wanted = newest.SelectMany(watched => watched.Queries
            .Distinct(StringComparer.Ordinal)
            .Select(query => (Watched: watched, Query: query, QueryId: QueryIdentity.IdOf(query)))
            .OrderBy(row => row.QueryId, StringComparer.Ordinal)).ToList();
        var kept = wanted.Select(row => (row.Watched.UserId, row.QueryId)).ToHashSet();
        foreach (var watched in newest)
        {
            var gone = stored[watched.UserId].Select(row => row.QueryId).Where(query => !kept.Contains((watched.UserId, query)));
            foreach (var queries in dialect.Statements(gone, 1, _ => RowBytes))
            {
                await new SqlBuilder(connection, transaction)
                    .Sql("DELETE FROM subscriptions WHERE user_id = ").Value(watched.UserId).Sql(" AND query_id IN ").Values(queries)
                    .ExecuteAsync(cancellationToken);
            }
        }

        foreach (var rows in dialect.Statements(wanted, RowColumns, _ => RowBytes))
        {
            await new SqlBuilder(connection, transaction)
                .Sql("INSERT INTO subscriptions (user_id, query_id, frequency_minutes, active, told_at, settings_version) VALUES ")
                .Rows(rows, (sql, row) => sql.Values(
                    row.Watched.UserId, row.QueryId, row.Watched.FrequencyMinutes, row.Watched.Active, row.Watched.At.InMilliseconds(),
                        row.Watched.Version))
                .Sql($" {dialect.OnConflict("user_id, query_id")} frequency_minutes = {dialect.New("frequency_minutes")}, active = "
                    + $"{dialect.New("active")}")
                .Sql($", told_at = {dialect.New("told_at")}, settings_version = {dialect.New("settings_version")}")
                .ExecuteAsync(cancellationToken);
        }

        var known = wanted.DistinctBy(row => row.QueryId).OrderBy(row => row.QueryId, StringComparer.Ordinal);
        foreach (var rows in dialect.Statements(known, QueryColumns, row => RowBytes + row.Query.Length))
        {
            await new SqlBuilder(connection, transaction)
                .Sql("INSERT INTO queries (query_id, query, marketplace, first_seen) VALUES ")
                .Rows(rows, (sql, row) => sql.Values(
                    row.QueryId, QueryIdentity.TextOf(row.Query), SearchQuery.MarketplaceOf(row.Query), row.Watched.At.InMilliseconds()))
                .Sql($" {dialect.OnConflict("query_id")} query = queries.query")
                .ExecuteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Forgets what users watch who are not among these, and takes the next word of the others, whatever version it is of: both are so
    /// after a backup of the users was restored. Says how many users were forgotten.
    /// </summary>
    /// <exception cref="DbException">The database did not answer; run again it goes on.</exception>
    public async Task<int> KeepAsync(IReadOnlySet<string> userIds, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var forgotten = 0;
        for (var last = ""; ;)
        {
            var page = await new SqlBuilder(connection)
                .Sql("SELECT DISTINCT user_id FROM subscriptions WHERE user_id > ").Value(last)
                .Sql($" ORDER BY user_id LIMIT {dialect.MaxRows}")
                .ReadAsync(row => row.GetString(0), cancellationToken);
            if (page.Count == 0)
                break;
            var lost = page.Where(user => !userIds.Contains(user)).ToList();
            if (lost.Count > 0)
                await new SqlBuilder(connection).Sql("DELETE FROM subscriptions WHERE user_id IN ").Values(lost)
                    .ExecuteAsync(cancellationToken);
            forgotten += lost.Count;
            await new SqlBuilder(connection).Sql("UPDATE subscriptions SET settings_version = 0 WHERE user_id > ").Value(last)
                .Sql(" AND user_id <= ").Value(page[^1]).ExecuteAsync(cancellationToken);
            last = page[^1];
        }

        return forgotten;
    }

    /// <summary>How many users watch each of these queries; queries without users are left out.</summary>
    /// <exception cref="DbException">The database did not answer.</exception>
    public async Task<IReadOnlyDictionary<string, int>> CountActiveAsync(IEnumerable<string> queryIds, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in dialect.Statements(queryIds, 1, _ => RowBytes))
        {
            var rows = await new SqlBuilder(connection)
                .Sql("SELECT query_id, COUNT(*) FROM subscriptions WHERE active = ").Value(true).Sql(" AND query_id IN ").Values(part)
                .Sql(" GROUP BY query_id")
                .ReadAsync(row => (row.GetString(0), row.GetInt32(1)), cancellationToken);
            foreach (var (queryId, users) in rows)
                counts[queryId] = users;
        }

        return counts;
    }

    async Task<ILookup<string, (string QueryId, int Version)>> ReadAsync(
        List<WatchedQueries> users, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var stored = new List<(string UserId, string QueryId, int Version)>();
        foreach (var part in dialect.Statements(users, 1, _ => RowBytes))
        {
            stored.AddRange(await new SqlBuilder(transaction.Connection!, transaction)
                .Sql("SELECT user_id, query_id, settings_version FROM subscriptions WHERE user_id IN ")
                .Values(part.Select(user => (object)user.UserId))
                .ReadAsync(row => (row.GetString(0), row.GetString(1), row.GetInt32(2)), cancellationToken));
        }

        return stored.ToLookup(row => row.UserId, row => (row.QueryId, row.Version), StringComparer.Ordinal);
    }
}
