using System.Data;
using System.Data.Common;

namespace Alerts.SharedData;

/// <summary>
/// Writes products, prices and search results to the shared database. A write repeated, late or beside another one leaves the same
/// facts: the newest observation stands in <c>products</c>, and <c>price_observations</c> holds what <see cref="PriceHistory"/> says.
/// </summary>
/// <remarks>
/// The upsert of a product locks its row until the commit, so writers of the same product follow one another, and what is decided
/// from the row afterwards holds. Any failure leaves the database as it was.
/// </remarks>
/// <param name="source">The shared database.</param>
/// <param name="dialect">Its SQL.</param>
public sealed class SharedDataStore(DbDataSource source, SqlDialect dialect)
{
    const int TitleLength = 255;
    const int ConditionLength = 64;
    const int UrlLength = 2_048;
    const int BuyingOptionsLength = 128;

    readonly string upsertProduct = UpsertProduct(dialect);
    readonly string upsertQuery = UpsertQuery(dialect);
    readonly string upsertQueryProduct = UpsertQueryProduct(dialect);
    readonly string keepObservation = $" {dialect.OnConflict("item_id, observed_at")} price = price_observations.price";

    /// <summary>Writes a set in one transaction.</summary>
    /// <exception cref="DbException">The database refused or is away; nothing was written, unless the connection broke during the commit.</exception>
    public async Task WriteAsync(WriteSet set, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        foreach (var rows in set.Rounds.SelectMany(round => round.Chunk(dialect.RowsPerStatement)))
        {
            await UpsertProductsAsync(rows, transaction, cancellationToken);
            await FollowPricesAsync(rows, transaction, cancellationToken);
        }

        foreach (var rows in set.QueryProducts.Chunk(dialect.RowsPerStatement))
        {
            await Statement(transaction)
                .Sql("INSERT INTO query_products (query_id, item_id, item_rank, last_seen) VALUES ")
                .Rows(rows, (sql, row) => sql.Values(row.QueryId, row.ItemId, row.Rank, row.LastSeen))
                .Sql(upsertQueryProduct)
                .ExecuteAsync(cancellationToken);
        }

        // Last, because all shards of a search meet at its row.
        if (set.Queries.Count > 0)
        {
            await Statement(transaction)
                .Sql("INSERT INTO queries (query_id, query, marketplace, first_seen, last_seen) VALUES ")
                .Rows(set.Queries, (sql, row) => sql.Values(row.QueryId, row.Text, row.Marketplace, row.FirstSeen, row.LastSeen))
                .Sql(upsertQuery)
                .ExecuteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    async Task UpsertProductsAsync(ProductObservation[] round, DbTransaction transaction, CancellationToken cancellationToken) =>
        await Statement(transaction)
            .Sql("""
                INSERT INTO products (item_id, legacy_item_id, title, price, currency, seller_price, seller_currency, price_since,
                  item_condition, marketplace, url, image_url, shipping, shipping_currency, buying_options, first_seen, last_seen) VALUES
                """)
            .Rows(round, (sql, row) => sql.Values(
                row.ItemId,
                row.Listing.ListingNumber,
                Cut(row.Listing.Title, TitleLength),
                decimal.Round(row.Listing.Price.Value, 3),
                row.Listing.Price.Currency,
                row.Point.Price.Value,
                row.Point.Price.Currency,
                row.Point.At,
                Cut(row.Listing.Condition, ConditionLength),
                row.Marketplace,
                Fit(row.Listing.Url),
                Fit(row.Listing.ImageUrl),
                row.Listing.Shipping is { } shipping ? decimal.Round(shipping.Value, 3) : null,
                row.Listing.Shipping?.Currency,
                Cut(string.Join(',', row.Listing.BuyingOptions), BuyingOptionsLength),
                row.Point.At,
                row.Point.At))
            .Sql(upsertProduct)
            .ExecuteAsync(cancellationToken);

    async Task FollowPricesAsync(ProductObservation[] round, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var rows = await Statement(transaction)
            .Sql("SELECT item_id, price_since, last_seen, seller_price, seller_currency FROM products WHERE item_id IN ")
            .Values(round.Select(observation => (object)observation.ItemId))
            .ReadAsync(
                row => KeyValuePair.Create(
                    row.GetString(0),
                    new StoredPrice(row.GetTime(1), row.GetTime(2), row.GetMoney(3))),
                cancellationToken);
        var stored = new Dictionary<string, StoredPrice>(rows, StringComparer.Ordinal);

        var additions = new List<(string ItemId, PricePoint Point)>();
        foreach (var observation in round)
        {
            var row = stored[observation.ItemId];
            var change = PriceHistory.ByRow(observation.Point, row)
                ?? await ByNeighboursAsync(observation, row, transaction, cancellationToken);
            additions.AddRange(change.Add.Select(point => (observation.ItemId, point)));
            if (change.Remove is { } repeated)
            {
                await Statement(transaction)
                    .Sql("DELETE FROM price_observations WHERE item_id = ").Value(observation.ItemId)
                    .Sql(" AND observed_at = ").Value(repeated)
                    .ExecuteAsync(cancellationToken);
            }

            if (change.PriceSince is { } since)
            {
                await Statement(transaction)
                    .Sql("UPDATE products SET price_since = ").Value(since)
                    .Sql(" WHERE item_id = ").Value(observation.ItemId)
                    .ExecuteAsync(cancellationToken);
            }
        }

        if (additions.Count == 0)
            return;
        await Statement(transaction)
            .Sql("INSERT INTO price_observations (item_id, observed_at, price, currency) VALUES ")
            .Rows(additions, (sql, row) => sql.Values(row.ItemId, row.Point.At, row.Point.Price.Value, row.Point.Price.Currency))
            .Sql(keepObservation)
            .ExecuteAsync(cancellationToken);
    }

    static async Task<HistoryChange> ByNeighboursAsync(ProductObservation observation, StoredPrice stored, DbTransaction transaction, CancellationToken cancellationToken)
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

    static SqlBuilder Statement(DbTransaction transaction) => new(transaction.Connection!, transaction);

    /// <summary>A text of at most <paramref name="length"/> UTF-16 units, not ending in half a character.</summary>
    static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>An address, or none: half of one leads nowhere.</summary>
    static string? Fit(string? url) => url?.Length <= UrlLength ? url : null;

    /// <summary>What is not newer changes nothing but <c>first_seen</c>. MySQL assigns from left to right: <c>price_since</c> compares the old price, <c>last_seen</c> decides and is last.</summary>
    static string UpsertProduct(SqlDialect dialect)
    {
        var isNewer = $"{dialect.New("last_seen")} > products.last_seen";
        string[] newest =
        [
            "title", "price", "currency", "seller_price", "seller_currency", "item_condition", "marketplace", "url", "image_url",
            "shipping", "shipping_currency", "buying_options", "last_seen",
        ];
        return $"""
             {dialect.OnConflict("item_id")}
              price_since = CASE WHEN {isNewer} AND ({dialect.New("seller_price")} <> products.seller_price OR {dialect.New("seller_currency")} <> products.seller_currency)
                THEN {dialect.New("price_since")} ELSE products.price_since END,
              first_seen = CASE WHEN {dialect.New("first_seen")} < products.first_seen THEN {dialect.New("first_seen")} ELSE products.first_seen END,
              {string.Join(", ", newest.Select(column => $"{column} = CASE WHEN {isNewer} THEN {dialect.New(column)} ELSE products.{column} END"))}
            """;
    }

    static string UpsertQuery(SqlDialect dialect) => $"""
         {dialect.OnConflict("query_id")}
          first_seen = CASE WHEN {dialect.New("first_seen")} < queries.first_seen THEN {dialect.New("first_seen")} ELSE queries.first_seen END,
          last_seen = CASE WHEN queries.last_seen IS NULL OR {dialect.New("last_seen")} > queries.last_seen THEN {dialect.New("last_seen")} ELSE queries.last_seen END
        """;

    static string UpsertQueryProduct(SqlDialect dialect) => $"""
         {dialect.OnConflict("query_id, item_id")}
          item_rank = CASE WHEN {dialect.New("last_seen")} > query_products.last_seen THEN {dialect.New("item_rank")} ELSE query_products.item_rank END,
          last_seen = CASE WHEN {dialect.New("last_seen")} > query_products.last_seen THEN {dialect.New("last_seen")} ELSE query_products.last_seen END
        """;
}
