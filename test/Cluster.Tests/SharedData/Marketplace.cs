using System.Globalization;
using Alerts.Search;
using Alerts.SharedData.Products;

namespace Alerts.Tests.SharedData;

/// <summary>
/// A marketplace whose listings come, go and change their prices at random from a seed, searches over it, and what the shared
/// database must hold after them: a replay of all that was served.
/// </summary>
public sealed class Marketplace(int seed, int items, int queries, int pageSize)
{
    readonly Random random = new(seed);
    readonly decimal[] prices = [.. Enumerable.Range(0, items).Select(item => 10m + item)];
    readonly Dictionary<string, (decimal Price, DateTimeOffset Since, DateTimeOffset First, DateTimeOffset Last)> products = [];
    readonly Dictionary<(string Item, DateTimeOffset At), decimal> changes = [];
    readonly Dictionary<(string Query, string Item), (int Rank, DateTimeOffset At)> found = [];
    int searches;

    /// <summary>Listings served so far.</summary>
    public long Served { get; private set; }

    /// <summary>The next search, a second after the last.</summary>
    public (string Query, SearchSnapshot Found) Next()
    {
        for (var change = 0; change < pageSize / 4; change++)
            prices[random.Next(items)] = random.Next(1, 100_000) / 100m;
        var query = $"EBAY_US?q=query%20{searches % queries}&sort=price";
        var at = SomeListing.Start.AddSeconds(searches++);
        var page = Enumerable.Range(0, pageSize).Select(_ => random.Next(items)).Distinct().Select(item => SomeListing.Of(item + 1, prices[item])).ToList();
        Served += page.Count;
        for (var rank = 0; rank < page.Count; rank++)
            Remember(query, page[rank], rank, at);
        return (query, new() { Version = searches, FetchedAt = at, Listings = [.. page], Total = page.Count });
    }

    /// <summary>The rows that must be there.</summary>
    public string[] Rows() =>
    [
        .. products.Select(row => Text(row.Key, row.Value.Price, row.Value.Since, row.Value.First, row.Value.Last)).Order(StringComparer.Ordinal),
        .. changes.Select(row => Text(row.Key.Item, row.Key.At, row.Value)).Order(StringComparer.Ordinal),
        .. found.Select(row => Text(QueryIdentity.IdOf(row.Key.Query), row.Key.Item, row.Value.Rank, row.Value.At)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The rows that are there.</summary>
    public static async Task<string[]> RowsAsync(SharedDatabase database) =>
    [
        .. (await database.RowsAsync("SELECT item_id, seller_price, price_since, first_seen, last_seen FROM products")).Order(StringComparer.Ordinal),
        .. (await database.RowsAsync("SELECT item_id, observed_at, price FROM price_observations")).Order(StringComparer.Ordinal),
        .. (await database.RowsAsync("SELECT query_id, item_id, item_rank, last_seen FROM query_products")).Order(StringComparer.Ordinal),
    ];

    void Remember(string query, Listing listing, int rank, DateTimeOffset at)
    {
        var price = listing.SellerPrice.Value;
        var isKnown = products.TryGetValue(listing.ItemId, out var known);
        var isChange = !isKnown || known.Price != price;
        products[listing.ItemId] = (price, isChange ? at : known.Since, isKnown ? known.First : at, at);
        if (isChange)
            changes[(listing.ItemId, at)] = price;
        found[(query, listing.ItemId)] = (rank, at);
    }

    static string Text(params IEnumerable<object> values) => string.Join(" | ", values.Select(value => value switch
    {
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.###", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    }));
}
