using System.Collections.Immutable;
using System.Data.Common;
using Alerts.SharedData.Prices;
using Alerts.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.SharedData.Products;

/// <summary>
/// Reads the shared database: listings, their prices, and a search's listings with changed prices. Every read has a limit and an index.
/// </summary>
public sealed class ProductCatalog([FromKeyedServices(DatabaseKeys.Shared)] DbDataSource source)
{
    /// <summary>Price changes read of one listing; of more, the newest.</summary>
    public const int MaxPrices = 10_000;

    /// <summary>Changed listings read of one search; of more, those changed last.</summary>
    public const int MaxChanged = 200;

    const string Columns = """
        item_id, legacy_item_id, title, price, currency, seller_price, seller_currency, price_since, item_condition, marketplace,
          url, image_url, shipping, shipping_currency, buying_options, first_seen, last_seen
        """;

    /// <summary>The same columns as one marketplace states them, with the time at which this search saw the listing.</summary>
    static readonly string offered = string.Join(", ", Columns.Split(',', StringSplitOptions.TrimEntries).Select(column =>
        column is "last_seen" ? "found.last_seen"
        : column is "marketplace" ? "queries.marketplace"
        : ProductFacts.OfferColumns.Contains(column)
            ? $"CASE WHEN products.marketplace = queries.marketplace THEN products.{column} ELSE offer.{column} END"
            : $"products.{column}"));

    /// <summary>A listing; null when no search found it within the time that products are kept.</summary>
    public async Task<ProductDetails?> FindAsync(string itemId, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var found = await new SqlBuilder(connection)
            .Sql($"SELECT {Columns} FROM products WHERE item_id = ").Value(itemId)
            .ReadAsync(ReadProduct, cancellationToken);
        if (found.SingleOrDefault() is not { } product)
            return null;
        return product with
        {
            Lowest = await ExtremeAsync("ASC"),
            Highest = await ExtremeAsync("DESC"),
        };

        async Task<PricePoint?> ExtremeAsync(string order)
        {
            var extreme = await new SqlBuilder(connection)
                .Sql("SELECT observed_at, price, currency FROM price_observations WHERE item_id = ").Value(itemId)
                .Sql(" AND currency = ").Value(product.SellerPrice.Currency)
                .Sql($" ORDER BY price {order}, observed_at DESC LIMIT 1")
                .ReadAsync(ReadPoint, cancellationToken);
            return extreme.Count > 0 ? extreme[0] : null;
        }
    }

    /// <summary>The listing's page in the first of these marketplaces that has one; null when none does.</summary>
    public async Task<string?> PageAsync(ProductDetails product, IReadOnlyList<string> marketplaces, CancellationToken cancellationToken)
    {
        if (marketplaces is [])
            return product.Url;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var offers = await new SqlBuilder(connection)
            .Sql("SELECT marketplace, url FROM product_offers WHERE item_id = ").Value(product.ItemId)
            .Sql(" AND marketplace IN ").Values(marketplaces)
            .ReadAsync(row => (Marketplace: row.GetString(0), Url: row.GetText(1)), cancellationToken);
        return marketplaces
            .Select(marketplace => marketplace == product.Marketplace
                ? product.Url
                : offers.FirstOrDefault(offer => offer.Marketplace == marketplace).Url)
            .FirstOrDefault(url => url is not null);
    }

    /// <summary>A listing's prices from one moment until another (exclusive), thinned to a number of points.</summary>
    /// <returns>Null when the listing is unknown.</returns>
    public async Task<PriceSeries?> PricesAsync(string itemId, DateTimeOffset from, DateTimeOffset to, int points,
        CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var known = await new SqlBuilder(connection).Sql("SELECT 1 FROM products WHERE item_id = ").Value(itemId)
            .ReadAsync(_ => true, cancellationToken);
        if (known.Count == 0)
            return null;
        var prices = await new SqlBuilder(connection)
            .Sql("SELECT observed_at, price, currency FROM price_observations WHERE item_id = ").Value(itemId)
            .Sql(" AND observed_at > ").Value(from.InMilliseconds()).Sql(" AND observed_at < ").Value(to.InMilliseconds())
            .Sql($" ORDER BY observed_at DESC LIMIT {MaxPrices}")
            .ReadAsync(ReadPoint, cancellationToken);
        prices.AddRange(await new SqlBuilder(connection)
            .Sql("SELECT observed_at, price, currency FROM price_observations WHERE item_id = ").Value(itemId)
            .Sql(" AND observed_at <= ").Value(from.InMilliseconds())
            .Sql(" ORDER BY observed_at DESC LIMIT 1")
            .ReadAsync(ReadPoint, cancellationToken));
        prices.Reverse();
        return new() { ItemId = itemId, Points = PriceThinning.Thin(prices, points), Total = prices.Count };
    }

    /// <summary>
    /// The prices of several listings that began since a moment, each listing's in the order of time. Of more than <see cref="MaxPrices"/>,
    /// the newest.
    /// </summary>
    public async Task<ILookup<string, PricePoint>> PricesAsync(
        IReadOnlyCollection<string> itemIds, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (itemIds.Count == 0)
            return Enumerable.Empty<PricePoint>().ToLookup(_ => "");
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var prices = await new SqlBuilder(connection)
            .Sql("SELECT observed_at, price, currency, item_id FROM price_observations WHERE item_id IN ").Values([.. itemIds])
            .Sql(" AND observed_at >= ").Value(since.InMilliseconds())
            .Sql($" ORDER BY observed_at DESC LIMIT {MaxPrices}")
            .ReadAsync(row => (ItemId: row.GetString(3), Point: ReadPoint(row)), cancellationToken);
        prices.Reverse();
        return prices.ToLookup(row => row.ItemId, row => row.Point, StringComparer.Ordinal);
    }

    /// <summary>
    /// A search's listings that were seen and changed their own price since the given moments, with all stored prices. Price, shipping and
    /// page are those of the search's marketplace, even when another one saw the listing last.
    /// </summary>
    /// <param name="query">The canonical query.</param>
    /// <param name="seenSince">Only listings that the search found at this moment or later.</param>
    /// <param name="changedSince">Only listings whose price changed at this moment or later.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<(ProductDetails Product, ImmutableArray<PricePoint> Prices)>> ChangedAsync(
        string query, DateTimeOffset seenSince, DateTimeOffset changedSince, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var products = await new SqlBuilder(connection)
            .Sql($"SELECT {offered} FROM query_products found JOIN queries ON queries.query_id = found.query_id")
            .Sql(" JOIN products ON products.item_id = found.item_id")
            .Sql(" LEFT JOIN product_offers offer ON offer.item_id = found.item_id AND offer.marketplace = queries.marketplace")
            .Sql(" WHERE found.query_id = ").Value(QueryIdentity.IdOf(query))
            .Sql(" AND (products.marketplace = queries.marketplace OR offer.item_id IS NOT NULL)")
            .Sql(" AND found.last_seen >= ").Value(seenSince.InMilliseconds())
            .Sql(" AND products.price_since >= ").Value(changedSince.InMilliseconds())
            .Sql($" AND products.price_since > products.first_seen ORDER BY products.price_since DESC LIMIT {MaxChanged}")
            .ReadAsync(ReadProduct, cancellationToken);
        if (products.Count == 0)
            return [];
        var prices = await new SqlBuilder(connection)
            .Sql("SELECT observed_at, price, currency, item_id FROM price_observations WHERE item_id IN ")
            .Values(products.Select(product => (object)product.ItemId))
            .Sql(" ORDER BY item_id, observed_at")
            .ReadAsync(row => (ItemId: row.GetString(3), Point: ReadPoint(row)), cancellationToken);
        var perItem = prices.ToLookup(row => row.ItemId, row => row.Point, StringComparer.Ordinal);
        return [.. products.Select(product => (product, perItem[product.ItemId].ToImmutableArray()))];
    }

    static PricePoint ReadPoint(DbDataReader row) => new(row.GetTime(0), row.GetMoney(1));

    static ProductDetails ReadProduct(DbDataReader row) => new()
    {
        ItemId = row.GetString(0),
        ListingNumber = row.GetInt64(1),
        Title = row.GetString(2),
        Price = row.GetMoney(3),
        SellerPrice = row.GetMoney(5),
        PriceSince = row.GetTime(7),
        Condition = row.GetText(8),
        Marketplace = row.GetString(9),
        Url = row.GetText(10),
        ImageUrl = row.GetText(11),
        Shipping = row.IsDBNull(12) ? null : row.GetMoney(12),
        BuyingOptions = [.. row.GetString(14).Split(',', StringSplitOptions.RemoveEmptyEntries)],
        FirstSeen = row.GetTime(15),
        LastSeen = row.GetTime(16),
    };
}
