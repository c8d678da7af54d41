using System.Data;
using System.Data.Common;
using Alerts.Search;
using Alerts.SharedData.Products;
using Alerts.SharedData.Sql;

namespace Alerts.SharedData.Subscriptions;

/// <summary>Keeps <c>subscriptions</c> as the users' settings are: who watches which query, and how often. No addresses.</summary>
/// <param name="source">The shared database.</param>
/// <param name="dialect">Its SQL.</param>
public sealed class SubscriptionStore(DbDataSource source, SqlDialect dialect)
{
    /// <summary>Applies what users watch now, in one transaction. Of several events of one user the latest counts, also against what is stored.</summary>
    /// <exception cref="DbException">The database refused or is away; nothing was written.</exception>
    public async Task WriteAsync(IReadOnlyCollection<WatchedQueries> events, CancellationToken cancellationToken)
    {
        var latest = events.GroupBy(watched => watched.UserId).Select(user => user.MaxBy(watched => watched.At)!).OrderBy(watched => watched.UserId, StringComparer.Ordinal).ToList();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        var known = await new SqlBuilder(connection, transaction)
            .Sql("SELECT user_id, MAX(told_at) FROM subscriptions WHERE user_id IN ").Values(latest.Select(watched => (object)watched.UserId)).Sql(" GROUP BY user_id")
            .ReadAsync(row => KeyValuePair.Create(row.GetString(0), row.GetTime(1)), cancellationToken);
        var toldAt = new Dictionary<string, DateTime>(known, StringComparer.Ordinal);
        latest.RemoveAll(watched => toldAt.TryGetValue(watched.UserId, out var told) && told > watched.At.InMilliseconds());

        foreach (var watched in latest)
        {
            var delete = new SqlBuilder(connection, transaction).Sql("DELETE FROM subscriptions WHERE user_id = ").Value(watched.UserId);
            if (watched.Queries.Length > 0)
                delete.Sql(" AND query_id NOT IN ").Values(watched.Queries.Select(query => (object)QueryIdentity.IdOf(query)));
            await delete.ExecuteAsync(cancellationToken);
        }

        var rows = latest
            .SelectMany(watched => watched.Queries.Distinct(StringComparer.Ordinal).Select(query => (Watched: watched, Query: query, QueryId: QueryIdentity.IdOf(query))))
            .OrderBy(row => row.Watched.UserId, StringComparer.Ordinal).ThenBy(row => row.QueryId, StringComparer.Ordinal)
            .ToList();
        if (rows.Count > 0)
        {
            await new SqlBuilder(connection, transaction)
                .Sql("INSERT INTO subscriptions (user_id, query_id, frequency_minutes, active, told_at) VALUES ")
                .Rows(rows, (sql, row) => sql.Values(row.Watched.UserId, row.QueryId, row.Watched.FrequencyMinutes, row.Watched.Active, row.Watched.At.InMilliseconds()))
                .Sql($" {dialect.OnConflict("user_id, query_id")} frequency_minutes = {dialect.New("frequency_minutes")}, active = {dialect.New("active")}, told_at = {dialect.New("told_at")}")
                .ExecuteAsync(cancellationToken);
            await new SqlBuilder(connection, transaction)
                .Sql("INSERT INTO queries (query_id, query, marketplace, first_seen) VALUES ")
                .Rows(
                    rows.DistinctBy(row => row.QueryId).OrderBy(row => row.QueryId, StringComparer.Ordinal),
                    (sql, row) => sql.Values(row.QueryId, QueryIdentity.TextOf(row.Query), SearchQuery.MarketplaceOf(row.Query), row.Watched.At.InMilliseconds()))
                .Sql($" {dialect.OnConflict("query_id")} query = queries.query")
                .ExecuteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
