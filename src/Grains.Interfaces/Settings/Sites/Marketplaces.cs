using System.Collections.Frozen;

namespace Alerts.Settings.Sites;

/// <summary>
/// The marketplaces of the Browse API and their currencies (<c>X-EBAY-C-MARKETPLACE-ID</c>). For an unknown id eBay silently answers as
/// EBAY_US, so the id is checked before it is sent.
/// </summary>
public static class Marketplaces
{
    /// <summary>The marketplace of a search that names none.</summary>
    public const string Default = "EBAY_US";

    static readonly FrozenDictionary<string, string> currencies = new Dictionary<string, string>
    {
        ["EBAY_US"] = "USD", ["EBAY_AT"] = "EUR", ["EBAY_AU"] = "AUD", ["EBAY_BE"] = "EUR", ["EBAY_CA"] = "CAD",
        ["EBAY_CH"] = "CHF", ["EBAY_DE"] = "EUR", ["EBAY_ES"] = "EUR", ["EBAY_FR"] = "EUR", ["EBAY_GB"] = "GBP",
        ["EBAY_HK"] = "HKD", ["EBAY_IE"] = "EUR", ["EBAY_IT"] = "EUR", ["EBAY_NL"] = "EUR", ["EBAY_PL"] = "PLN",
        ["EBAY_SG"] = "SGD",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All ids, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. currencies.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether <paramref name="id"/> is one of <see cref="All"/>, case included.</summary>
    public static bool IsKnown(string id) => currencies.ContainsKey(id);

    /// <summary>The country of a marketplace, ISO 3166-1 alpha-2.</summary>
    public static string CountryOf(string id) => id["EBAY_".Length..];

    /// <summary>
    /// The second language of a marketplace that has two, if the reader's language is that: French in Belgium and Canada. Null: the
    /// marketplace is asked in its first language, or its only one.
    /// </summary>
    public static string? SecondLanguageOf(string id, string language) =>
        id is "EBAY_BE" or "EBAY_CA" && language.Split('-')[0].Equals("fr", StringComparison.OrdinalIgnoreCase)
            ? $"fr-{CountryOf(id)}"
            : null;

    /// <summary>Whether eBay says of this marketplace's sellers whether they are businesses.</summary>
    public static bool HasAccountTypes(string id) => id is not ("EBAY_US" or "EBAY_CA" or "EBAY_AU" or "EBAY_HK" or "EBAY_SG");

    /// <summary>The currency in which this marketplace shows prices, ISO 4217.</summary>
    public static string CurrencyOf(string id) => currencies[id];
}
