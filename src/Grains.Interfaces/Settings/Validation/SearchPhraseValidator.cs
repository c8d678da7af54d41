namespace Alerts.Settings.Validation;

/// <summary>
/// Checks eBay's rules for keywords (Browse API, <c>item_summary/search</c>, <c>q</c>). eBay itself silently cuts or ignores a phrase that
/// breaks them.
/// </summary>
static class SearchPhraseValidator
{
    /// <summary>Why a phrase is refused; null when it is accepted.</summary>
    public static string? Check(string phrase)
    {
        if (string.IsNullOrWhiteSpace(phrase))
            return "A phrase is required.";
        if (phrase.Length > SearchLimits.MaxPhrase)
            return $"A phrase must have at most {SearchLimits.MaxPhrase} characters.";
        if (!TextValidator.IsPlain(phrase))
            return "A phrase must not hold line breaks, control or invisible characters.";
        if (!TextValidator.HasLetterOrDigit(phrase))
            return "A phrase must hold a letter or a digit.";
        return phrase.Contains('*', StringComparison.Ordinal) ? "eBay takes no wildcards: leave the * out." : CheckLists(phrase);
    }

    /// <summary>A list of alternatives is <c>(red, blue)</c>: one pair of parentheses, not nested, no empty entry.</summary>
    static string? CheckLists(string phrase)
    {
        for (var at = 0; (at = phrase.AsSpan(at).IndexOfAny('(', ')') is var step and >= 0 ? at + step : -1) >= 0;)
        {
            var end = phrase.IndexOfAny(['(', ')'], at + 1);
            if (phrase[at] == ')' || end < 0 || phrase[end] == '(')
                return "Parentheses must come in pairs, one list not inside another: (red, blue).";
            if (phrase[(at + 1)..end].Split(',').Any(string.IsNullOrWhiteSpace))
                return "A list must have words between its commas: (red, blue).";
            at = end + 1;
        }
        return null;
    }
}
