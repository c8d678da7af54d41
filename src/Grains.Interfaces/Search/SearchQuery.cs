using System.Globalization;
using System.Text;
using Alerts.Settings;
using Alerts.Settings.Sites;

namespace Alerts.Search;

/// <summary>
/// A search in its canonical form, so that all users who ask eBay the same share one <see cref="ISearchGrain"/>. Its key is the
/// marketplace and eBay's own query string with its parameters in a fixed order:
/// <c>EBAY_US?q=iphone%2013&amp;sort=price&amp;filter=conditions%3A%7BUSED%7D</c>; with a place of delivery,
/// <c>EBAY_US;US,100?q=…</c>; in the second language of a marketplace, <c>EBAY_CA?q=…&amp;language=fr-CA</c>.
/// </summary>
/// <param name="Marketplace">eBay marketplace id.</param>
/// <param name="DeliverTo">Where the buyer is; null when not known.</param>
/// <param name="Parameters">eBay's query string, without limit and offset, in order of price.</param>
/// <param name="Language">The second language of the marketplace, if the answer is wanted in that; null: its first, or its only
/// one.</param>
public readonly record struct SearchQuery(string Marketplace, DeliveryPlace? DeliverTo, string Parameters, string? Language = null)
{
    /// <summary>
    /// At the end, like a parameter of eBay's: a silo of an older release sends it on, and eBay does not look at a parameter it does not
    /// know.
    /// </summary>
    const string LanguagePart = "&language=";

    const string Sort = "&sort=";
    const string ByPrice = "price";

    /// <summary>Names the query; <see cref="Parse"/> reads it.</summary>
    public string Key =>
        $"{Marketplace}{(DeliverTo is { } place ? $";{place}" : "")}?{Parameters}{(Language is null ? "" : LanguagePart + Language)}";

    /// <summary>The query of a search. What eBay cannot filter (excluded words) is not part of it: that is applied per user.</summary>
    /// <param name="search">The search.</param>
    /// <param name="language">The reader's language, which counts where the marketplace has a second one.</param>
    public static SearchQuery Of(SearchSettings search, string language) =>
        Write(Simplest(search)) with { Language = Marketplaces.SecondLanguageOf(search.Marketplace, language) };

    /// <summary>Reads the query from its key.</summary>
    public static SearchQuery Parse(string key)
    {
        var at = key.IndexOf('?', StringComparison.Ordinal);
        var (site, place) = key[..at].Split(';') is [var market, var delivery]
            ? (market, DeliveryPlace.Parse(delivery)) : (key[..at], (DeliveryPlace?)null);
        var parameters = key[(at + 1)..];
        // An escaped phrase cannot hold the part's name.
        return parameters.LastIndexOf(LanguagePart, StringComparison.Ordinal) is >= 0 and var end
            ? new SearchQuery(site, place, parameters[..end], parameters[(end + LanguagePart.Length)..])
            : new SearchQuery(site, place, parameters);
    }

    /// <summary>The key of a search for a reader of this language.</summary>
    public static string KeyOf(SearchSettings search, string language) => Of(search, language).Key;

    /// <summary>The keys of a user's searches, in their order.</summary>
    public static IEnumerable<string> KeysOf(UserSettings settings) => settings.Searches.Select(search => KeyOf(search, settings.Language));

    /// <summary>
    /// The keys the search had before: until lists of alternatives and filters without effect were brought to one form, and until
    /// marketplaces were asked in their second language. Memories may still carry them.
    /// </summary>
    public static IEnumerable<string> FormerKeysOf(SearchSettings search)
    {
        yield return Write(search with { Phrase = CanonicalPhrase.Folded(search.Phrase) }).Key;
        yield return Write(Simplest(search)).Key;
    }

    /// <summary>The marketplace of a key.</summary>
    public static string MarketplaceOf(string key) => Parse(key).Marketplace;

    /// <summary>eBay's query string with another sort order. An escaped phrase cannot contain the parameter's name.</summary>
    public string SortedBy(string order) =>
        order == ByPrice ? Parameters : Parameters.Replace(Sort + ByPrice, Sort + order, StringComparison.Ordinal);

    /// <summary>The same search without settings that do not change eBay's answer.</summary>
    static SearchSettings Simplest(SearchSettings search) => search with
    {
        Phrase = CanonicalPhrase.Of(search.Phrase),
        // If no option is named, eBay answers with fixed prices only.
        BuyingOptions = search.BuyingOptions.All(option => option is BuyingOption.FixedPrice) ? [] : search.BuyingOptions,
        Price = search.Price switch
        {
            { Min: null or 0, Max: null } => null,
            { Min: 0 } price => price with { Min = null },
            var price => price,
        },
    };

    static SearchQuery Write(SearchSettings search)
    {
        var query = new StringBuilder("q=").Append(Uri.EscapeDataString(search.Phrase));
        if (search.Category is { } category)
            query.Append("&category_ids=").Append(category);
        if (!search.Aspects.IsDefaultOrEmpty)
            query.Append("&aspect_filter=").Append(Uri.EscapeDataString(Aspects(search)));
        query.Append(Sort).Append(ByPrice);
        var filter = string.Join(',', Filters(search));
        if (filter.Length > 0)
            query.Append("&filter=").Append(Uri.EscapeDataString(filter));
        return new SearchQuery(search.Marketplace, search.DeliverTo is { } place ? DeliveryPlace.Of(place) : null, query.ToString());
    }

    static IEnumerable<string> Filters(SearchSettings search)
    {
        if (search.BuyingOptions.Length > 0)
            yield return $"buyingOptions:{{{Set(search.BuyingOptions.Select(option => option.JsonName()))}}}";
        if (!search.ConditionIds.IsDefaultOrEmpty)
            yield return $"conditionIds:{{{string.Join('|', search.ConditionIds.Distinct().Order())}}}";
        if (search.Conditions.Length > 0)
            yield return $"conditions:{{{Set(search.Conditions.Select(condition => condition.JsonName()))}}}";
        if (search.Pickup is not null)
            yield return "deliveryOptions:{SELLER_ARRANGED_LOCAL_PICKUP}";
        if (search.ExcludeSellers.Length > 0)
            yield return $"excludeSellers:{{{Set(search.ExcludeSellers)}}}";
        if ((search.LocationCountry ?? search.ItemLocation?.Country) is { } country)
            yield return $"itemLocationCountry:{country}";
        if (search.ItemLocation?.Region is { } region)
            yield return $"itemLocationRegion:{region}";
        if (search.FreeShipping)
            yield return "maxDeliveryCost:0";
        if (search.Pickup is { } pickup)
        {
            yield return $"pickupCountry:{pickup.Country ?? Marketplaces.CountryOf(search.Marketplace)}";
            yield return $"pickupPostalCode:{DeliveryPlace.Normal(pickup.PostalCode)}";
            yield return string.Create(CultureInfo.InvariantCulture, $"pickupRadius:{pickup.Radius}");
            yield return $"pickupRadiusUnit:{pickup.Unit}";
        }
        if (search.Price is { } price)
        {
            yield return $"price:[{Amount(price.Min)}..{Amount(price.Max)}]";
            yield return $"priceCurrency:{price.Currency ?? Marketplaces.CurrencyOf(search.Marketplace)}";
        }
        if (search.Sellers.Length > 0)
            yield return $"sellers:{{{Set(search.Sellers)}}}";
    }

    /// <summary>eBay's form repeats the category: <c>categoryId:9355,Color:{Blue|Red}</c>.</summary>
    static string Aspects(SearchSettings search) => $"categoryId:{search.Category}," + string.Join(',', search.Aspects
        .GroupBy(aspect => aspect.Name, StringComparer.Ordinal)
        .OrderBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => $"{same.Key}:{{{Set(same.SelectMany(aspect => aspect.Values))}}}"));

    static string Set(IEnumerable<string> values) =>
        string.Join('|', values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    static string Amount(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}
