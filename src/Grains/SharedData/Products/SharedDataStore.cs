using System.Data;
using System.Data.Common;
using Alerts.SharedData.Prices;
using Alerts.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.SharedData.Products;

/// <summary>
/// Writes products, prices and search results to the shared database. A write that is repeated, late, or made beside another one leads to
/// the same rows: <c>products</c> has the newest observation, and <c>price_observations</c> has what <see cref="PriceHistory"/> decides.
/// </summary>
/// <remarks>
/// A product's row is locked before anything is decided from it and until the commit, so writers of one product follow one another. Most
/// listings are unchanged: only their time is written. Any fault leaves the database as it was.
/// </remarks>
public sealed class SharedDataStore([FromKeyedServices(DatabaseKeys.Shared)] DbDataSource source, SqlDialect dialect)
{
    const int KeyBytes = 100;
    const int QueryColumns = 5;
    const int PlaceColumns = 4;
    const int PointColumns = 4;

    static readonly int productColumns = ProductFacts.Columns.Length + 7;
    static readonly string insertProducts =
        $"INSERT INTO products (item_id, {string.Join(", ", ProductFacts.Columns)}, digest, seller_price, seller_currency, price_since, "
        + $"first_seen, last_seen) VALUES ";

    readonly string replaceProduct = $" {dialect.OnConflict("item_id")} " + string.Join(
        ", ", ProductFacts.Columns.Concat(["digest", "seller_price", "seller_currency", "price_since", "last_seen"])
            .Select(column => $"{column} = {dialect.New(column)}"));
    readonly string replaceOffer = $" {dialect.OnConflict("item_id, marketplace")} " + string.Join(
        ", ", ProductFacts.OfferColumns.Append("seen_at").Select(column => $"{column} = {dialect.New(column)}"));
    readonly string keepObservation = $" {dialect.OnConflict("item_id, observed_at")} price = price_observations.price";
    readonly string upsertQuery = UpsertQuery(dialect);
    readonly string upsertQueryProduct = UpsertQueryProduct(dialect);

    /// <summary>Writes a set in one transaction.</summary>
    /// <exception cref="DbException">Nothing was written, unless the connection broke during the commit.</exception>
    public async Task WriteAsync(WriteSet set, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        foreach (var observations in set.Rounds.SelectMany(round => dialect.Statements(round, productColumns, seen => seen.Facts.Bytes)))
            await WriteProductsAsync(observations, transaction, cancellationToken);

        foreach (var rows in dialect.Statements(set.QueryProducts, PlaceColumns, _ => KeyBytes))
        {
            await Statement(transaction)
                .Sql("INSERT INTO query_products (query_id, item_id, item_rank, last_seen) VALUES ")
                .Rows(rows, (sql, row) => sql.Values(row.QueryId, row.ItemId, row.Rank, row.LastSeen))
                .Sql(upsertQueryProduct)
                .ExecuteAsync(cancellationToken);
        }

        // Last, because all shards of a search write its row.
        foreach (var rows in dialect.Statements(set.Queries, QueryColumns, row => KeyBytes + row.Text.Length))
        {
            await Statement(transaction)
                .Sql("INSERT INTO queries (query_id, query, marketplace, first_seen, last_seen) VALUES ")
                .Rows(rows, (sql, row) => sql.Values(row.QueryId, row.Text, row.Marketplace, row.FirstSeen, row.LastSeen))
                .Sql(upsertQuery)
                .ExecuteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Writes observations of different products, sorted by item id.</summary>
    async Task WriteProductsAsync(IReadOnlyList<ProductObservation> observations, DbTransaction transaction,
        CancellationToken cancellationToken)
    {
        var stored = await LockAsync(observations, transaction, cancellationToken);
        var unknown = observations.Where(seen => !stored.ContainsKey(seen.ItemId)).ToArray();
        if (unknown.Length > 0)
        {
            // If another writer inserts one of them first, the transaction fails. The retry then finds the row.
            await InsertAsync(unknown, seen => seen.Point.At, "", transaction, cancellationToken);
            foreach (var seen in unknown)
                stored.Add(seen.ItemId, new(seen.Point.At, new(seen.Point.At, seen.Point.At, seen.Point.Price), seen.Facts.Digest));
        }

        var newer = observations.Where(seen => stored[seen.ItemId].IsOlderThan(seen))
            .ToLookup(seen => stored[seen.ItemId].DiffersFrom(seen));
        if (newer.Contains(true))
            await InsertAsync([.. newer[true]], seen => stored[seen.ItemId].Price.After(seen.Point).Since, replaceProduct, transaction,
                cancellationToken);
        if (newer.Contains(false))
        {
            // One statement for all searches of the batch, each with its own moment.
            var update = Statement(transaction).Sql("UPDATE products SET last_seen = CASE");
            foreach (var moment in newer[false].GroupBy(seen => seen.Point.At))
                update.Sql(" WHEN item_id IN ").Values(moment.Select(seen => seen.ItemId)).Sql(" THEN ").Value(moment.Key);
            await update.Sql(" END WHERE item_id IN ").Values(newer[false].Select(seen => seen.ItemId)).ExecuteAsync(cancellationToken);
        }

        ProductObservation[] stated = [.. unknown, .. newer[true]];
        if (stated.Length > 0)
        {
            // The seller's values are the same everywhere; those of a marketplace are stored for each. An unchanged row needs no write: its
            // facts, including the marketplace, are those of the last write.
            await Statement(transaction)
                .Sql($"INSERT INTO product_offers (item_id, marketplace, {string.Join(", ", ProductFacts.OfferColumns)}, seen_at) VALUES ")
                .Rows(stated, (sql, seen) => sql.Values([seen.ItemId, seen.Facts.Marketplace, .. seen.Facts.Offer, seen.Point.At]))
                .Sql(replaceOffer)
                .ExecuteAsync(cancellationToken);
        }

        await FollowPricesAsync(observations, stored, transaction, cancellationToken);
    }

    /// <summary>Locks the existing rows of the products until the transaction ends.</summary>
    async Task<Dictionary<string, StoredProduct>> LockAsync(IReadOnlyList<ProductObservation> observations, DbTransaction transaction,
        CancellationToken cancellationToken)
    {
        var rows = await Statement(transaction)
            .Sql("SELECT item_id, first_seen, price_since, last_seen, seller_price, seller_currency, digest FROM products WHERE item_id "
                + "IN ")
            .Values(observations.Select(seen => (object)seen.ItemId)).Sql($" {dialect.ForUpdate}")
            .ReadAsync(
                row => KeyValuePair.Create(
                    row.GetString(0),
                    new StoredProduct(row.GetTime(1), new(row.GetTime(2), row.GetTime(3), row.GetMoney(4)), row.GetInt64(6))),
                cancellationToken);
        return new(rows, StringComparer.Ordinal);
    }

    Task<int> InsertAsync(
        IReadOnlyList<ProductObservation> observations, Func<ProductObservation, DateTime> priceSince, string onConflict,
            DbTransaction transaction, CancellationToken cancellationToken) =>
        Statement(transaction)
            .Sql(insertProducts)
            .Rows(observations, (sql, seen) => sql.Values([
                seen.ItemId, .. seen.Facts.Values, seen.Facts.Digest, seen.Point.Price.Value, seen.Point.Price.Currency, priceSince(seen),
                    seen.Point.At, seen.Point.At]))
            .Sql(onConflict)
            .ExecuteAsync(cancellationToken);

    /// <param name="stored">The rows of the products before the observations; for the first observation, with it.</param>
    async Task FollowPricesAsync(
        IReadOnlyList<ProductObservation> observations, Dictionary<string, StoredProduct> stored, DbTransaction transaction,
            CancellationToken cancellationToken)
    {
        var additions = new List<(string ItemId, PricePoint Point)>();
        foreach (var seen in observations)
        {
            var product = stored[seen.ItemId];
            var price = product.Price.After(seen.Point);
            var change = PriceHistory.ByRow(seen.Point, price) ?? await ByNeighboursAsync(seen, price, transaction, cancellationToken);
            additions.AddRange(change.Add.Select(point => (seen.ItemId, point)));
            if (change.Remove is { } repeated)
            {
                await Statement(transaction)
                    .Sql("DELETE FROM price_observations WHERE item_id = ").Value(seen.ItemId)
                    .Sql(" AND observed_at = ").Value(repeated)
                    .ExecuteAsync(cancellationToken);
            }

            if (change.PriceSince is not null || seen.Point.At < product.FirstSeen)
            {
                await Statement(transaction)
                    .Sql("UPDATE products SET price_since = ").Value(change.PriceSince ?? price.Since)
                    .Sql(", first_seen = ").Value(seen.Point.At < product.FirstSeen ? seen.Point.At : product.FirstSeen)
                    .Sql(" WHERE item_id = ").Value(seen.ItemId)
                    .ExecuteAsync(cancellationToken);
            }
        }

        foreach (var rows in dialect.Statements(additions, PointColumns, _ => KeyBytes))
        {
            await Statement(transaction)
                .Sql("INSERT INTO price_observations (item_id, observed_at, price, currency) VALUES ")
                .Rows(rows, (sql, row) => sql.Values(row.ItemId, row.Point.At, row.Point.Price.Value, row.Point.Price.Currency))
                .Sql(keepObservation)
                .ExecuteAsync(cancellationToken);
        }
    }

    async Task<HistoryChange> ByNeighboursAsync(ProductObservation observation, StoredPrice stored, DbTransaction transaction,
        CancellationToken cancellationToken)
    {
        return PriceHistory.ByNeighbours(
            observation.Point,
            stored,
            await NearestAsync("<=", "DESC"),
            await NearestAsync(">", "ASC"));

        async Task<PricePoint?> NearestAsync(string side, string order)
        {
            var nearest = await Statement(transaction)
                .Sql("SELECT observed_at, price, currency FROM price_observations WHERE item_id = ").Value(observation.ItemId)
                .Sql($" AND observed_at {side} ").Value(observation.Point.At)
                .Sql($" ORDER BY observed_at {order} LIMIT 1")
                .ReadAsync(row => (PricePoint?)new PricePoint(row.GetTime(0), row.GetMoney(1)), cancellationToken);
            return nearest.SingleOrDefault();
        }
    }

    SqlBuilder Statement(DbTransaction transaction) => new(transaction.Connection!, transaction, dialect.InlinesValues ? dialect : null);

    static string UpsertQuery(SqlDialect dialect) => $"""
         {dialect.OnConflict("query_id")}
          first_seen = CASE WHEN {dialect.New("first_seen")} < queries.first_seen THEN {dialect.New("first_seen")}
            ELSE queries.first_seen END,
          last_seen = CASE WHEN queries.last_seen IS NULL OR {dialect.New("last_seen")} > queries.last_seen THEN {dialect.New("last_seen")}
            ELSE queries.last_seen END
        """;

    static string UpsertQueryProduct(SqlDialect dialect) => $"""
         {dialect.OnConflict("query_id, item_id")}
          item_rank = CASE WHEN {dialect.New("last_seen")} > query_products.last_seen THEN {dialect.New("item_rank")}
            ELSE query_products.item_rank END,
          last_seen = CASE WHEN {dialect.New("last_seen")} > query_products.last_seen THEN {dialect.New("last_seen")}
            ELSE query_products.last_seen END
        """;
}
