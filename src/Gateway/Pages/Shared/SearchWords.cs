using Alerts.Mail.Templates;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Texts;

namespace Alerts.Gateway.Pages.Shared;

/// <summary>The filters of a search in words, so that two searches for one phrase can be told apart.</summary>
static class SearchWords
{
    const int MaxWords = 5;

    public static string Of(SearchSettings search, TextCatalogue texts, MailFormat format) =>
        string.Join(texts["search.separator"], Parts(search, texts, format));

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
        if (search.ExcludeWords.Length > 0)
            yield return texts["search.not.words", List(search.ExcludeWords, texts)];
        if (search.Watch is not WatchMode.Everything)
            yield return texts[$"search.watch.{search.Watch.JsonName()}"];
        if (search.Rules.PriceAtOrBelow is { } target)
            yield return texts["search.target", Amount(target, currency: null, search.Marketplace, format)];
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
