using Alerts.Search;
using Alerts.Settings;
using Alerts.Settings.Sites;
using Alerts.Texts;

namespace Alerts.Mail.Templates;

/// <summary>A search's filters in words, to tell apart two searches for one phrase.</summary>
public static class SearchWords
{
    const int MaxWords = 5;

    public static string Of(SearchSettings search, TextCatalogue texts, MailFormat format) =>
        string.Join(texts["search.separator"], Parts(search, texts, format));

    /// <summary>The phrase. If other searches have the same phrase, also the filters that they do not all share.</summary>
    public static string NameOf(SearchSettings search, IReadOnlyList<SearchSettings> all, TextCatalogue texts, MailFormat format)
    {
        var phrase = ShownText.Clean(search.Phrase);
        var others = all.Where(other => other.Id != search.Id
            && string.Equals(other.Phrase, search.Phrase, StringComparison.OrdinalIgnoreCase)).ToList();
        if (others.Count == 0)
            return phrase;
        var own = Parts(search, texts, format).Where(part => !others.TrueForAll(other => Parts(other, texts, format).Contains(part)))
            .ToList();
        return own.Count == 0 ? phrase : texts["search.named", phrase, string.Join(texts["search.separator"], own)];
    }

    static IEnumerable<string> Parts(SearchSettings search, TextCatalogue texts, MailFormat format)
    {
        yield return texts["search.at", search.Marketplace.Replace("EBAY_", "eBay ", StringComparison.Ordinal)];
        if (search.Conditions.Length > 0)
            yield return Names("condition", search.Conditions.Select(condition => condition.JsonName()), texts);
        if (search.Price is { } price)
            yield return Price(price, search.Marketplace, texts, format);
        if (search.BuyingOptions.Length > 0)
            yield return Names("buying", search.BuyingOptions.Select(option => option.JsonName()), texts);
        if (search.LocationCountry is { } country)
            yield return texts["search.country", country];
        if (search.FreeShipping)
            yield return texts["search.free.shipping"];
        if (search.Category is { } category)
            yield return texts["search.category", category];
        if (search.Sellers.Length > 0)
            yield return texts["search.sellers", List(search.Sellers, texts)];
        if (search.ExcludeSellers.Length > 0)
            yield return texts["search.not.sellers", List(search.ExcludeSellers, texts)];
        if (search.Seller is { MinPercent: { } percent })
            yield return texts["search.seller.percent", percent];
        if (search.Seller is { MinRatings: { } ratings })
            yield return texts["search.seller.ratings", ratings];
        if (search.Seller is { AccountType: { } type })
            yield return texts[$"account.{type.JsonName()}"];
        if (search.Seller is { Include: { IsDefaultOrEmpty: false } wanted })
            yield return texts["search.sellers", List(wanted, texts)];
        if (search.Seller is { Exclude: { IsDefaultOrEmpty: false } unwanted })
            yield return texts["search.not.sellers", List(unwanted, texts)];
        if (search.DeliverTo is { } place)
            yield return texts["search.deliver", place.PostalCode is { } code ? $"{place.Country} {code}" : place.Country];
        if (!search.IncludeWords.IsDefaultOrEmpty)
            yield return texts["search.words", List(search.IncludeWords, texts)];
        if (search.ExcludeWords.Length > 0)
            yield return texts["search.not.words", List(search.ExcludeWords, texts)];
        if (search.Watch is not WatchMode.Everything)
            yield return texts[$"search.watch.{search.Watch.JsonName()}"];
        if (search.Rules.PriceAtOrBelow is { } target)
            yield return texts["search.target", Amount(target, currency: null, search.Marketplace, format)];
        if (search.Rules.TotalAtOrBelow is { } total)
            yield return texts["search.total", Amount(total, currency: null, search.Marketplace, format)];
        if (search.Rules.EndingWithinMinutes is { } lead)
            yield return texts.Count("search.ending", lead);
    }

    static string Price(PriceRange price, string marketplace, TextCatalogue texts, MailFormat format)
    {
        return (price.Min, price.Max) switch
        {
            ({ } min, { } max) => texts["search.price.between", Shown(min), Shown(max)],
            ({ } min, null) => texts["search.price.from", Shown(min)],
            (_, { } max) => texts["search.price.to", Shown(max)],
            _ => "",
        };

        string Shown(decimal value) => Amount(value, price.Currency, marketplace, format);
    }

    static string Amount(decimal value, string? currency, string marketplace, MailFormat format) =>
        format.Amount(new Money(value, currency ?? Marketplaces.CurrencyOf(marketplace)));

    static string Names(string group, IEnumerable<string> names, TextCatalogue texts) =>
        string.Join(texts["list.or"], names.Select(name => texts[$"{group}.{name}"]));

    static string List(IReadOnlyList<string> values, TextCatalogue texts)
    {
        var shown = string.Join(texts["list.separator"], values.Take(MaxWords));
        return values.Count > MaxWords ? texts.Count("list.more", values.Count - MaxWords, shown) : shown;
    }
}
