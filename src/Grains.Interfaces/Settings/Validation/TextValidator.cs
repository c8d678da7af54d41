using System.Globalization;
using System.Text;

namespace Alerts.Settings.Validation;

/// <summary>
/// Checks text from people. It may have only visible characters, so that it cannot break a header, a log line or the direction of a page.
/// </summary>
static class TextValidator
{
    // Joiners shape letters in Persian, Indic scripts and emoji; they hide nothing.
    static readonly Rune zeroWidthNonJoiner = new(0x200C);
    static readonly Rune zeroWidthJoiner = new(0x200D);

    /// <summary>
    /// Whether a text has only visible characters and blanks of any width. It may have no control character, line break, bidirectional or
    /// other format character, and no half of a surrogate pair.
    /// </summary>
    public static bool IsPlain(string text)
    {
        foreach (var (rune, isWhole) in Runes(text))
        {
            if (!isWhole || !(IsVisible(rune) || IsBlank(rune) || rune == zeroWidthJoiner || rune == zeroWidthNonJoiner))
                return false;
        }
        return true;
    }

    /// <summary>The text with one plain blank for blanks of any kind (no-break, ideographic, tab), trimmed.</summary>
    public static string WithPlainBlanks(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsBlank(rune))
                plain.Append(rune);
            else if (plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        }
        return plain.ToString().TrimEnd(' ');
    }

    /// <summary>Whether a text has a letter or a digit of any script.</summary>
    public static bool HasLetterOrDigit(string text) => text.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    static bool IsBlank(Rune rune) => rune.Value == '\t' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator;

    /// <summary>Whether a rune is visible on its own. U+FFFD marks text that was damaged before it came here.</summary>
    static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);

    /// <summary>The runes of a text. Halves of a broken surrogate pair are marked as not whole.</summary>
    static IEnumerable<(Rune Rune, bool IsWhole)> Runes(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            yield return (rune, isWhole);
            i += isWhole ? rune.Utf16SequenceLength : 1;
        }
    }
}
