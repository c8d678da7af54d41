using System.Collections.Concurrent;
using System.Globalization;
using Alerts.Search;

namespace Alerts.Mail.Templates;

/// <summary>Formats numbers, amounts and moments in one user's culture and time zone. Safe for concurrent use.</summary>
public sealed class MailFormat
{
    static readonly ConcurrentDictionary<(string Language, string TimeZone), MailFormat> known = new();
    const int MaxKnown = 1_000;

    static readonly Dictionary<string, string> symbols = new()
    {
        ["USD"] = "US$", ["EUR"] = "€", ["GBP"] = "£", ["AUD"] = "A$", ["CAD"] = "C$", ["HKD"] = "HK$", ["SGD"] = "S$",
        ["JPY"] = "¥", ["PLN"] = "zł", ["CHF"] = "CHF",
    };

    readonly CultureInfo culture;
    readonly TimeZoneInfo zone;
    readonly string dayPattern;
    readonly ConcurrentDictionary<string, NumberFormatInfo> currencies = new();

    MailFormat(string language, string timeZone)
    {
        culture = CultureOf(language);
        zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        dayPattern = culture.DateTimeFormat.MonthDayPattern.Replace("MMMM", "MMM", StringComparison.Ordinal);
    }

    /// <summary>The format for a language tag and an IANA zone. Unknown ones give English and UTC.</summary>
    public static MailFormat Of(string language, string timeZone)
    {
        if (known.TryGetValue((language, timeZone), out var format))
            return format;
        format = new MailFormat(language, timeZone);
        // Beyond the limit each mail makes its own format; real users do not have that many combinations.
        if (known.Count < MaxKnown)
            known.TryAdd((language, timeZone), format);
        return format;
    }

    /// <summary>The zone's name, for the line that explains the times.</summary>
    public string ZoneName => zone.Id;

    /// <summary>An amount with the currency's symbol, placed as the culture does.</summary>
    public string Amount(Money money) => money.Value.ToString("C", NumbersOf(money));

    /// <summary>An amount for a subject: whole amounts without decimals.</summary>
    public string ShortAmount(Money money) =>
        decimal.IsInteger(money.Value) ? money.Value.ToString("C0", NumbersOf(money)) : Amount(money);

    /// <summary>A whole number with group separators.</summary>
    public string Number(int number) => number.ToString("N0", culture);

    /// <summary>A fraction as whole per cent.</summary>
    public string Percent(decimal part) => part.ToString("P0", culture);

    /// <summary>Day and time of day in the user's zone.</summary>
    public string Moment(DateTimeOffset moment)
    {
        var local = Local(moment);
        return string.Concat(local.ToString(dayPattern, CultureFor(local)), ", ", local.ToString("t", CultureFor(local)));
    }

    /// <summary>The day in the user's zone.</summary>
    public string Day(DateTimeOffset moment) => Local(moment) is var local ? local.ToString(dayPattern, CultureFor(local)) : "";

    /// <summary>The moment in the user's zone. Near the ends of the calendar, where that is impossible, unchanged.</summary>
    DateTimeOffset Local(DateTimeOffset moment) =>
        moment > DateTimeOffset.MinValue.AddDays(1) && moment < DateTimeOffset.MaxValue.AddDays(-1)
            ? TimeZoneInfo.ConvertTime(moment, zone) : moment;

    /// <summary>The culture. For a moment outside its calendar, such as 2099 in Um-Al-Qura, the invariant culture.</summary>
    CultureInfo CultureFor(DateTimeOffset local) =>
        local.DateTime >= culture.Calendar.MinSupportedDateTime && local.DateTime <= culture.Calendar.MaxSupportedDateTime
            ? culture
            : CultureInfo.InvariantCulture;

    NumberFormatInfo NumbersOf(Money money) => currencies.GetOrAdd(money.Currency.ToUpperInvariant(), NumbersOf);

    NumberFormatInfo NumbersOf(string currency)
    {
        var numbers = (NumberFormatInfo)culture.NumberFormat.Clone();
        var isOwn = !culture.IsNeutralCulture && culture.Name.Length > 0 && new RegionInfo(culture.Name).ISOCurrencySymbol == currency;
        numbers.CurrencySymbol = isOwn ? culture.NumberFormat.CurrencySymbol : symbols.GetValueOrDefault(currency, currency);
        numbers.CurrencyDecimalDigits = CurrencyDecimals.Of(currency);
        return numbers;
    }

    static CultureInfo CultureOf(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(language, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en-US");
        }
    }
}
