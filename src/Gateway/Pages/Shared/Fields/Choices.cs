using System.Globalization;
using Alerts.Settings;
using Alerts.Settings.Sites;
using Alerts.Settings.Validation;
using Alerts.Texts;

namespace Alerts.Gateway.Pages.Shared.Fields;

/// <summary>The choices in forms, in words.</summary>
static class Choices
{
    public static IEnumerable<(string Value, string Words)> OfMarketplaces() =>
        Marketplaces.All.Select(id => (id, $"{id.Replace("EBAY_", "eBay ", StringComparison.Ordinal)} ({Marketplaces.CurrencyOf(id)})"));

    public static IEnumerable<(string Value, string Words)> Conditions(TextCatalogue texts) =>
        JsonNames.AllOf<ItemCondition>().Select(name => (name, texts[$"condition.{name}"]));

    public static IEnumerable<(string Value, string Words)> BuyingOptions(TextCatalogue texts) =>
        JsonNames.AllOf<BuyingOption>().Select(name => (name, texts[$"buying.{name}"]));

    public static IEnumerable<(string Value, string Words)> WatchModes(TextCatalogue texts) =>
        JsonNames.AllOf<WatchMode>().Select(name => (name, texts[$"watch.{name}"]));

    public static IEnumerable<(string Value, string Words)> AccountTypes(TextCatalogue texts) =>
        [("", texts["account.any"]), .. JsonNames.AllOf<SellerAccountType>().Select(name => (name, texts[$"account.{name}"]))];

    /// <summary>Frequencies that are equal with this reminder period are one choice.</summary>
    public static IEnumerable<(string Value, string Words)> Frequencies(TextCatalogue texts, TimeSpan reminderPeriod) =>
        UserSettingsValidator.Frequencies.Select(minutes => Frequency(minutes, reminderPeriod)).Distinct().Order()
            .Select(minutes => (minutes.ToString(CultureInfo.InvariantCulture), FrequencyText.Of(texts, minutes, reminderPeriod)));

    /// <summary>The choice that stands for a frequency.</summary>
    public static int Frequency(int minutes, TimeSpan reminderPeriod) => UserSettingsValidator.Frequencies
        .Where(other => CheckFrequency.Interval(other, reminderPeriod) == CheckFrequency.Interval(minutes, reminderPeriod))
        .DefaultIfEmpty(minutes).Max();

    /// <summary>The marketplace for a visitor's language and country.</summary>
    public static string MarketplaceOf(string language)
    {
        var country = language.Split('-') is [_, .., { Length: 2 } region]
            ? region.ToUpperInvariant() : language.Split('-')[0].ToUpperInvariant();
        var id = "EBAY_" + country;
        return Marketplaces.IsKnown(id) ? id : Marketplaces.Default;
    }
}
