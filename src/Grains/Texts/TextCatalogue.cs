using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace Alerts.Texts;

/// <summary>
/// All texts for people in one language: <c>Texts.resx</c> and its translations. A sentence is one text with numbered places, never
/// composed of parts. Safe for concurrent use.
/// </summary>
public sealed class TextCatalogue
{
    const string Fallback = "en";
    const int MaxKnown = 200;

    static readonly ResourceManager words = new("Alerts.Texts.Texts", typeof(TextCatalogue).Assembly);
    static readonly ConcurrentDictionary<string, TextCatalogue> known = new(StringComparer.OrdinalIgnoreCase);

    readonly CultureInfo culture;
    readonly CultureInfo textCulture;

    TextCatalogue(CultureInfo culture, string language)
    {
        this.culture = culture;
        Language = language;
        textCulture = CultureInfo.GetCultureInfo(language);
    }

    /// <summary>The languages that have texts.</summary>
    public static IReadOnlyList<string> Languages { get; } = [Fallback, "de", "es", "fr", "it", "ja", "nl", "pl"];

    /// <summary>The language of the texts: that of the tag, or English when it has no texts.</summary>
    public string Language { get; }

    /// <summary><c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => textCulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>The text of a key. Its places are filled with the values, formatted for the culture.</summary>
    public string this[string key, params object?[] values] => Fill(Find(key) ?? key, values);

    /// <summary>The texts for a BCP 47 tag.</summary>
    public static TextCatalogue Of(string tag)
    {
        if (known.TryGetValue(tag, out var catalogue))
            return catalogue;
        catalogue = Make(tag);
        // Beyond the limit each use makes its own; real users do not have that many languages.
        if (known.Count < MaxKnown)
            known.TryAdd(tag, catalogue);
        return catalogue;
    }

    /// <summary>The text of a key for a number, which is its first value. The language decides the plural form.</summary>
    public string Count(string key, int number, params object?[] values) =>
        this[$"{key}.{(Find($"{key}.{PluralRules.FormOf(Language, number)}") is null ? "other" : PluralRules.FormOf(Language, number))}",
            [number, .. values]];

    /// <summary>Whether the language of a BCP 47 tag has texts.</summary>
    public static bool HasTexts(string tag) =>
        CultureOf(tag) is { } culture && Languages.Contains(culture.TwoLetterISOLanguageName, StringComparer.Ordinal);

    static TextCatalogue Make(string tag)
    {
        var culture = CultureOf(tag) ?? CultureInfo.GetCultureInfo("en-US");
        var language = culture.TwoLetterISOLanguageName;
        return new TextCatalogue(culture, Languages.Contains(language, StringComparer.Ordinal) ? language : Fallback);
    }

    static CultureInfo? CultureOf(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    string? Find(string key) => words.GetString(key, textCulture);

    string Fill(string text, object?[] values) => values.Length == 0 ? text : string.Format(culture, text, values);
}
