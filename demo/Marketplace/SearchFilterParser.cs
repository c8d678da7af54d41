using System.Globalization;

namespace Alerts.Demo.Marketplace;

/// <summary>Reads the filter parameter of a search; what is wrong with it comes out as eBay's warnings, or as the error that refuses the call.</summary>
static class SearchFilterParser
{
    static readonly string[] WithoutEffectHere =
    [
        "returnsAccepted", "qualifiedPrograms", "searchInDescription", "deliveryCountry", "deliveryPostalCode", "charityOnly",
        "deliveryOptions", "itemLocationRegion", "paymentMethods", "guaranteedDeliveryInDays", "priorityListing",
    ];

    static readonly string[] KnownBuyingOptions = ["FIXED_PRICE", "AUCTION", "BEST_OFFER", "CLASSIFIED_AD"];

    /// <summary>The filter; <see cref="SearchFilter.None"/> when there is a warning. <paramref name="error"/> refuses the whole call.</summary>
    public static SearchFilter Parse(string text, MarketplaceSite site, List<BrowseError> warnings, out BrowseError? error)
    {
        error = null;
        var filter = SearchFilter.None;
        foreach (var clause in Clauses(text))
        {
            var colon = clause.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? clause : clause[..colon];
            var value = colon < 0 ? "" : clause[(colon + 1)..];
            if (With(filter, name, value) is { } next)
                filter = next;
            else
                warnings.Add(BrowseError.BadFilter(name, value));
        }
        if (filter.Sellers.Count > SearchFilter.MaxSellers || filter.ExcludedSellers.Count > SearchFilter.MaxSellers)
            error = BrowseError.TooManySellers;
        if (filter.AccountTypes.Count > 0 && !site.HasAccountTypes)
            error = BrowseError.NoAccountTypesHere;
        if (filter.HasSomeOfPickup && filter.Pickup is null)
            warnings.Add(BrowseError.PickupNeedsAll);
        if ((filter.MinPrice ?? filter.MaxPrice) is null != filter.PriceCurrency is null)
            warnings.Add(BrowseError.PriceNeedsCurrency);
        return warnings.Count == 0 ? filter : SearchFilter.None;
    }

    static SearchFilter? With(SearchFilter filter, string name, string value)
    {
        switch (name)
        {
            case "price" when TryRange(value, Number, out var min, out var max) && !(min > max):
                return filter with { MinPrice = min, MaxPrice = max };
            case "priceCurrency" when ExchangeRates.IsKnown(value):
                return filter with { PriceCurrency = value };
            case "conditions" when Set(value) is { } conditions && conditions.All(Condition.IsGroup):
                return filter with { Conditions = conditions };
            case "conditionIds" when Set(value) is { } ids && ids.All(id => Number(id) is > 0 and < 100_000):
                return filter with { ConditionIds = [.. ids.Select(id => int.Parse(id, CultureInfo.InvariantCulture))] };
            case "buyingOptions" when Set(value) is { } options && options.All(KnownBuyingOptions.Contains):
                return filter with { BuyingOptions = options };
            case "sellers" when Set(value) is { } sellers:
                return filter with { Sellers = sellers };
            case "excludeSellers" when Set(value) is { } sellers:
                return filter with { ExcludedSellers = sellers };
            case "excludeCategoryIds" when Set(value) is { } categories && categories.All(IsNumber):
                return filter with { ExcludedCategories = categories };
            case "itemLocationCountry" when value.Length == 2 && value.All(char.IsAsciiLetterUpper):
                return filter with { Country = value };
            case "sellerAccountTypes" when Set(value) is { } types && types.All(type => type is "INDIVIDUAL" or "BUSINESS"):
                return filter with { AccountTypes = types };
            case "pickupCountry" when value.Length == 2 && value.All(char.IsAsciiLetterUpper):
                return filter with { PickupCountry = value };
            case "pickupPostalCode" when value.Length is > 0 and <= 12:
                return filter with { PickupPostalCode = value };
            case "pickupRadius" when Number(value) is { } radius and > 0:
                return filter with { PickupRadius = radius };
            case "pickupRadiusUnit" when value is "mi" or "km":
                return filter with { PickupUnit = value };
            case "maxDeliveryCost" when Number(value) is { } cost:
                return filter with { MaxDeliveryCost = cost };
            case "itemStartDate" when TryRange(value, Instant, out var from, out var to):
                return filter with { StartFrom = from, StartTo = to };
            case "itemEndDate" when TryRange(value, Instant, out var from, out var to):
                return filter with { EndFrom = from, EndTo = to };
            default:
                return value.Length > 0 && WithoutEffectHere.Contains(name) ? filter : null;
        }
    }

    /// <summary>Splits at the commas outside of brackets.</summary>
    static IEnumerable<string> Clauses(string text)
    {
        var depth = 0;
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
            if (text[at] != ',' || depth != 0)
                continue;
            yield return text[start..at].Trim();
            start = at + 1;
        }
        yield return text[start..].Trim();
    }

    /// <summary>The values of <c>{a|b}</c>, at least one; null when it is something else.</summary>
    static string[]? Set(string value)
    {
        if (value is not ['{', .., '}'])
            return null;
        var values = value[1..^1].Split('|', StringSplitOptions.TrimEntries);
        return values.All(one => one.Length > 0) ? values : null;
    }

    /// <summary>The ends of <c>[a..b]</c>, <c>[a]</c>, <c>[a..]</c> or <c>[..b]</c>.</summary>
    static bool TryRange<T>(string value, Func<string, T?> read, out T? from, out T? to)
        where T : struct
    {
        from = to = null;
        if (value is not ['[', .., ']'])
            return false;
        var ends = value[1..^1].Split("..");
        if (ends.Length > 2 || ends.All(end => end.Length == 0))
            return false;
        from = read(ends[0]);
        to = ends.Length == 2 ? read(ends[1]) : null;
        return (from is null) == (ends[0].Length == 0) && (to is null) == (ends.Length == 1 || ends[1].Length == 0);
    }

    static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    static bool IsNumber(string text) => text.Length is > 0 and <= 10 && text.All(char.IsAsciiDigit);

    static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
