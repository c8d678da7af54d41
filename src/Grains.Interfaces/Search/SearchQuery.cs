using System.Globalization;
using System.Text;
using Alerts.Settings;

namespace Alerts.Search;

/// <summary>
/// A search in its canonical form, so that all users who ask eBay the same share one <see cref="ISearchGrain"/>.
/// The key is the marketplace and eBay's own query string with its parameters in a fixed order:
/// <c>EBAY_US?q=iphone%2013&amp;sort=price&amp;filter=conditions%3A%7BUSED%7D</c>.
/// </summary>
public static class SearchQuery
{
    /// <summary>The key of a search. What eBay cannot filter (excluded words) is not part of it: that is applied per user.</summary>
    public static string KeyOf(SearchSettings search) => Write(Simplest(search));

    /// <summary>The key the search had before lists of alternatives and filters without effect were brought to one form; memories may still carry it.</summary>
    public static string FormerKeyOf(SearchSettings search) => Write(search with { Phrase = CanonicalPhrase.Folded(search.Phrase) });

    /// <summary>The marketplace of a key.</summary>
    public static string MarketplaceOf(string key) => key[..key.IndexOf('?', StringComparison.Ordinal)];

    /// <summary>eBay's query string of a key, without the question mark.</summary>
    public static string QueryStringOf(string key) => key[(key.IndexOf('?', StringComparison.Ordinal) + 1)..];

    /// <summary>The same search without what makes no difference to eBay's answer.</summary>
    static SearchSettings Simplest(SearchSettings search) => search with
    {
        Phrase = CanonicalPhrase.Of(search.Phrase),
        // Fixed price only is what eBay answers when no option is named.
        BuyingOptions = search.BuyingOptions.All(option => option is BuyingOption.FixedPrice) ? [] : search.BuyingOptions,
        Price = search.Price switch
        {
            { Min: null or 0, Max: null } => null,
            { Min: 0 } price => price with { Min = null },
            var price => price,
        },
    };

    static string Write(SearchSettings search)
    {
        var query = new StringBuilder(search.Marketplace).Append("?q=").Append(Uri.EscapeDataString(search.Phrase));
        if (search.Category is { } category)
            query.Append("&category_ids=").Append(category);
        query.Append("&sort=price");
        var filter = string.Join(',', Filters(search));
        if (filter.Length > 0)
            query.Append("&filter=").Append(Uri.EscapeDataString(filter));
        return query.ToString();
    }

    static IEnumerable<string> Filters(SearchSettings search)
    {
        if (search.BuyingOptions.Length > 0)
            yield return $"buyingOptions:{{{Set(search.BuyingOptions.Select(option => option.JsonName()))}}}";
        if (search.Conditions.Length > 0)
            yield return $"conditions:{{{Set(search.Conditions.Select(condition => condition.JsonName()))}}}";
        if (search.ExcludeSellers.Length > 0)
            yield return $"excludeSellers:{{{Set(search.ExcludeSellers)}}}";
        if (search.LocationCountry is { } country)
            yield return $"itemLocationCountry:{country}";
        if (search.FreeShipping)
            yield return "maxDeliveryCost:0";
        if (search.Price is { } price)
        {
            yield return $"price:[{Amount(price.Min)}..{Amount(price.Max)}]";
            yield return $"priceCurrency:{price.Currency ?? Marketplaces.CurrencyOf(search.Marketplace)}";
        }
        if (search.Sellers.Length > 0)
            yield return $"sellers:{{{Set(search.Sellers)}}}";
    }

    static string Set(IEnumerable<string> values) => string.Join('|', values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    static string Amount(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}
