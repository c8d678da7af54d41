using System.Text;
using Alerts.Settings.Validation;

namespace Alerts.Search;

/// <summary>
/// One form for all phrases that eBay reads as the same (Browse API, <c>q</c>). Pure. Decision 43 in docs/decisions lists what counts as
/// the same.
/// </summary>
static class CanonicalPhrase
{
    /// <summary>
    /// The form of a valid phrase: lower case, single blanks, and in each list of alternatives each one once, in alphabetical order. If
    /// that exceeds the length that eBay reads, lists stay as they were written.
    /// </summary>
    public static string Of(string phrase)
    {
        var folded = Folded(phrase);
        if (!folded.Contains('(', StringComparison.Ordinal))
            return folded;
        var ordered = Collapsed(WithOrderedLists(folded));
        return ordered.Length <= SearchLimits.MaxPhrase ? ordered : folded;
    }

    /// <summary>eBay ignores case and the number of blanks, so neither makes another search.</summary>
    public static string Folded(string phrase) => Collapsed(phrase.Normalize(NormalizationForm.FormC).ToLowerInvariant());

    static string WithOrderedLists(string phrase)
    {
        var ordered = new StringBuilder(phrase.Length + 8);
        var at = 0;
        for (int open; (open = phrase.IndexOf('(', at)) >= 0 && phrase.IndexOf(')', open) is var close and > 0; at = close + 1)
        {
            ordered.Append(phrase, at, open - at).Append(' ').Append(List(phrase[(open + 1)..close])).Append(' ');
        }

        return ordered.Append(phrase, at, phrase.Length - at).ToString();
    }

    static string List(string inner)
    {
        var alternatives = inner.Split(',').Select(Collapsed).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        // One word is no list. eBay does not say how it reads several words in parentheses without a comma, so they stay.
        return alternatives is [var only] && !only.Contains(' ', StringComparison.Ordinal) ? only : $"({string.Join(", ", alternatives)})";
    }

    static string Collapsed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
