using System.Data;
using System.Data.Common;
using System.Globalization;
using Alerts.SharedData.Subscriptions;
using Alerts.Sql;

namespace Alerts.SharedData.Retention;

/// <summary>
/// Deletes old rows, a few in each transaction. After each it pauses as long as the transaction took, so that writers find their rows
/// unlocked. Rows are first read without locks; rows to delete are then locked and checked again.
/// </summary>
/// <param name="source">The shared database.</param>
/// <param name="dialect">Its SQL.</param>
/// <param name="options">How long rows are kept.</param>
/// <param name="time">The clock.</param>
public sealed class RetentionSweep(DbDataSource source, SqlDialect dialect, SharedDataOptions options, TimeProvider time)
{
    /// <summary>
    /// Every user's queries are published every six hours (<see cref="SettingsStream.PublishAgain"/>); a user without a publication for
    /// this long is gone.
    /// </summary>
    static readonly TimeSpan keepSubscriptions = TimeSpan.FromDays(7);

    const int LookAtOnce = 2_000;

    /// <returns>The number of deleted rows.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await DeleteProductsAsync(now - options.KeepProducts, cancellationToken)
            + await DeletePricesAsync(now - options.KeepPrices, cancellationToken)
            + await DeleteSubscriptionsAsync(now - keepSubscriptions, cancellationToken)
            + await DeletePlacesAsync(now - options.KeepProducts, cancellationToken)
            + await DeleteSearchesAsync(now - options.KeepProducts, cancellationToken)
            + await DeleteErasuresAsync(now - options.KeepErasures, cancellationToken);
    }

    /// <summary>
    /// Products, with their prices and their places in results. The index has only whole days, so products are deleted up to a day late.
    /// </summary>
    async Task<int> DeleteProductsAsync(DateTime before, CancellationToken cancellationToken)
    {
        var day = before.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (var deleted = 0; ;)
        {
            var items = await ReadAsync(
                sql => sql.Sql("SELECT item_id FROM products WHERE last_seen_on < ").Value(day)
                    .Sql($" ORDER BY last_seen_on LIMIT {options.RetentionBatch}"),
                row => row.GetString(0),
                cancellationToken);
            if (items.Count == 0)
                return deleted;
            deleted += await InTransactionAsync(
                async transaction =>
                {
                    var old = await new SqlBuilder(transaction.Connection!, transaction)
                        .Sql("SELECT item_id FROM products WHERE item_id IN ")
                        .Values(items.Order(StringComparer.Ordinal).Select(item => (object)item))
                        .Sql(" AND last_seen_on < ").Value(day).Sql($" {dialect.ForUpdate}")
                        .ReadAsync(row => (object)row.GetString(0), cancellationToken);
                    var rows = 0;
                    foreach (var table in (string[])(old.Count > 0
                        ? ["price_observations", "query_products", "product_offers", "products"] : []))
                        rows += await new SqlBuilder(transaction.Connection!, transaction).Sql($"DELETE FROM {table} WHERE item_id IN ")
                            .Values(old).ExecuteAsync(cancellationToken);
                    return rows;
                },
                cancellationToken);
        }
    }

    /// <summary>Prices, except the newest before the moment: it tells the price at that moment.</summary>
    async Task<int> DeletePricesAsync(DateTime before, CancellationToken cancellationToken)
    {
        var (deleted, at, item) = (0, DateTime.MinValue.AddYears(1_000), "");
        while (true)
        {
            var page = await ReadAsync(
                sql => sql
                    .Sql("SELECT seen.item_id, seen.observed_at, EXISTS (SELECT 1 FROM price_observations later WHERE later.item_id = "
                        + "seen.item_id AND later.observed_at > seen.observed_at AND later.observed_at < ")
                    .Value(before).Sql(") FROM price_observations seen WHERE seen.observed_at < ").Value(before)
                    .Sql(" AND (seen.observed_at > ").Value(at).Sql(" OR (seen.observed_at = ").Value(at).Sql(" AND seen.item_id > ")
                    .Value(item)
                    .Sql($")) ORDER BY seen.observed_at, seen.item_id LIMIT {LookAtOnce}"),
                row => (ItemId: row.GetString(0), At: row.GetTime(1), IsOver: row.GetInt64(2) != 0),
                cancellationToken);
            if (page.Count == 0)
                return deleted;
            foreach (var batch in page.Where(row => row.IsOver).OrderBy(row => row.ItemId, StringComparer.Ordinal)
                .Chunk(options.RetentionBatch))
            {
                deleted += await DeleteAsync(
                    "price_observations", "observed_at", before, "item_id", "observed_at",
                        batch.Select(row => ((object)row.ItemId, (object)row.At)), cancellationToken);
            }

            (item, at, _) = page[^1];
        }
    }

    /// <summary>Subscriptions of users who are gone.</summary>
    async Task<int> DeleteSubscriptionsAsync(DateTime silentSince, CancellationToken cancellationToken)
    {
        for (var deleted = 0; ;)
        {
            var silent = await ReadAsync(
                sql => sql.Sql("SELECT user_id, query_id FROM subscriptions WHERE told_at < ").Value(silentSince)
                    .Sql($" ORDER BY told_at LIMIT {options.RetentionBatch}"),
                row => ((object)row.GetString(0), (object)row.GetString(1)),
                cancellationToken);
            if (silent.Count == 0)
                return deleted;
            deleted += await DeleteAsync("subscriptions", "told_at", silentSince, "user_id", "query_id", silent, cancellationToken);
        }
    }

    /// <summary>Old places in results, a page of queries at a time.</summary>
    async Task<int> DeletePlacesAsync(DateTime before, CancellationToken cancellationToken)
    {
        var deleted = 0;
        for (var last = ""; ;)
        {
            var queries = await ReadAsync(
                sql => sql.Sql("SELECT query_id FROM queries WHERE query_id > ").Value(last)
                    .Sql($" ORDER BY query_id LIMIT {options.RetentionBatch}"),
                row => row.GetString(0),
                cancellationToken);
            if (queries.Count == 0)
                return deleted;
            List<(object, object)> old;
            do
            {
                old = await ReadAsync(
                    sql => sql.Sql("SELECT query_id, item_id FROM query_products WHERE query_id > ").Value(last).Sql(" AND query_id <= ")
                        .Value(queries[^1])
                        .Sql(" AND last_seen < ").Value(before).Sql($" LIMIT {options.RetentionBatch}"),
                    row => ((object)row.GetString(0), (object)row.GetString(1)),
                    cancellationToken);
                if (old.Count > 0)
                    deleted += await DeleteAsync("query_products", "last_seen", before, "query_id", "item_id", old, cancellationToken);
            }
            while (old.Count == options.RetentionBatch);
            last = queries[^1];
        }
    }

    /// <summary>Old queries without users. Must come after their places, which are found by these rows.</summary>
    async Task<int> DeleteSearchesAsync(DateTime before, CancellationToken cancellationToken)
    {
        for (var deleted = 0; ;)
        {
            var old = await ReadAsync(
                sql => Condition(sql.Sql("SELECT query_id FROM queries WHERE ")).Sql($" LIMIT {options.RetentionBatch}"), row =>
                    (object)row.GetString(0), cancellationToken);
            if (old.Count == 0)
                return deleted;
            deleted += await InTransactionAsync(
                transaction =>
                    Condition(new SqlBuilder(transaction.Connection!, transaction).Sql("DELETE FROM queries WHERE query_id IN ").Values(old)
                        .Sql(" AND "))
                    .ExecuteAsync(cancellationToken),
                cancellationToken);
        }

        SqlBuilder Condition(SqlBuilder sql) => sql
            .Sql("(last_seen < ").Value(before).Sql(" OR last_seen IS NULL) AND first_seen < ").Value(before)
            .Sql(" AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE subscriptions.query_id = queries.query_id)");
    }

    /// <summary>Who was erased so long ago that no backup has them.</summary>
    async Task<int> DeleteErasuresAsync(DateTime before, CancellationToken cancellationToken)
    {
        for (var deleted = 0; ;)
        {
            var old = await ReadAsync(
                sql => sql.Sql("SELECT user_hash FROM erasures WHERE erased_at < ").Value(before)
                    .Sql($" ORDER BY erased_at LIMIT {options.RetentionBatch}"),
                row => (object)row.GetString(0),
                cancellationToken);
            if (old.Count == 0)
                return deleted;
            deleted += await InTransactionAsync(
                transaction =>
                    new SqlBuilder(transaction.Connection!, transaction).Sql("DELETE FROM erasures WHERE user_hash IN ").Values(old)
                    .ExecuteAsync(cancellationToken),
                cancellationToken);
        }
    }

    /// <summary>Deletes rows by keys of two columns, if they are still old.</summary>
    Task<int> DeleteAsync(
        string table, string timeColumn, DateTime before, string column, string other, IEnumerable<(object, object)> keys,
            CancellationToken cancellationToken) =>
        InTransactionAsync(
            transaction =>
            {
                var sql = new SqlBuilder(transaction.Connection!, transaction).Sql($"DELETE FROM {table} WHERE {timeColumn} < ")
                    .Value(before);
                var separator = " AND (";
                foreach (var (value, otherValue) in keys)
                {
                    sql.Sql($"{separator}({column} = ").Value(value).Sql($" AND {other} = ").Value(otherValue).Sql(")");
                    separator = " OR ";
                }

                return sql.Sql(")").ExecuteAsync(cancellationToken);
            },
            cancellationToken);

    async Task<List<T>> ReadAsync<T>(Func<SqlBuilder, SqlBuilder> query, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await query(new SqlBuilder(connection)).ReadAsync(read, cancellationToken);
    }

    async Task<int> InTransactionAsync(Func<DbTransaction, Task<int>> delete, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        int rows;
        await using (var connection = await source.OpenConnectionAsync(cancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken))
        {
            rows = await delete(transaction);
            await transaction.CommitAsync(cancellationToken);
        }

        await Task.Delay(time.GetElapsedTime(began), time, cancellationToken);
        return rows;
    }
}
