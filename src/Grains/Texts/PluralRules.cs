namespace Alerts.Texts;

/// <summary>The plural form for a whole number in a language (Unicode CLDR, cardinal rules).</summary>
static class PluralRules
{
    const string One = "one";
    const string Few = "few";
    const string Many = "many";
    const string Other = "other";

    /// <summary>The plural forms for which a language has texts.</summary>
    public static IReadOnlyList<string> FormsOf(string language) => language switch
    {
        "ja" => [Other],
        "pl" => [One, Few, Many],
        "fr" or "es" or "it" => [One, Many, Other],
        _ => [One, Other],
    };

    public static string FormOf(string language, int number) => language switch
    {
        "ja" => Other,
        "pl" => Polish(number),
        "fr" => number is 0 or 1 ? One : IsMillions(number) ? Many : Other,
        "es" or "it" => number == 1 ? One : IsMillions(number) ? Many : Other,
        _ => number == 1 ? One : Other,
    };

    static string Polish(int number) => (number, number % 10, number % 100) switch
    {
        (1, _, _) => One,
        (_, >= 2 and <= 4, not (>= 12 and <= 14)) => Few,
        _ => Many,
    };

    static bool IsMillions(int number) => number != 0 && number % 1_000_000 == 0;
}
