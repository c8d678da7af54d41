using System.Buffers;
using System.Globalization;
using System.Text;

namespace Alerts;

/// <summary>
/// Makes strangers' text (titles, phrases, a server's words) safe to show in a line: no line breaks, no control characters, and no
/// invisible characters that change how the rest reads. Pure.
/// </summary>
public static class ShownText
{
    const char ZeroWidthNonJoiner = '\u200C';
    const char ZeroWidthJoiner = '\u200D';

    /// <summary>All characters that may have to be removed. Most texts have none and are only scanned.</summary>
    static readonly SearchValues<char> suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 0xFFFF).Select(code => (char)code).Where(character =>
            char.IsControl(character) || character is '\u2028' or '\u2029' or ZeroWidthNonJoiner or ZeroWidthJoiner or '\uDB40'
                || IsInvisible(character))]);

    /// <summary>The text in one line. If it is longer than <paramref name="maxLength"/>, it is cut and ends with an ellipsis.</summary>
    public static string Clean(string text, int maxLength = int.MaxValue)
    {
        if (text.Length <= maxLength && !text.AsSpan().ContainsAny(suspects))
            return text;
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        var before = default(Rune);
        for (var at = 0; at < text.Length;)
        {
            if (clean.Length >= maxLength)
                return clean.Append('…').ToString();
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            at += length;
            if (Rune.GetUnicodeCategory(
                rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                clean.Append(' ');
            else if (!IsInvisible(rune.Value)
                && (rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner) || (Joins(before) && Joins(RuneAt(text, at)))))
                clean.Append(rune.ToString());
            before = rune;
        }

        return clean.ToString();
    }

    /// <summary>Isolates right-to-left text from the text around it (UAX #9); other text is unchanged.</summary>
    public static string Isolate(string text) =>
        text.AsSpan().ContainsAnyInRange('\u0590', '\u08FF') || text.AsSpan().ContainsAnyInRange('\uFB1D', '\uFEFC')
        ? $"\u2068{text}\u2069"
        : text;

    /// <summary>
    /// Whether joiners have a meaning after such a character: in emoji, and in scripts that join letters. In other scripts they are only
    /// invisible.
    /// </summary>
    static bool Joins(Rune rune) => rune.Value > 0x058F;

    static Rune RuneAt(string text, int at)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _);
        return at < text.Length ? rune : default;
    }

    /// <summary>Zero-width characters, tags, and characters that change the text's direction.</summary>
    static bool IsInvisible(int character) => character is 0x00AD or 0x061C or 0x180E or 0x200B or 0x200E or 0x200F or 0xFEFF
        or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or (>= 0xE0000 and <= 0xE007F);
}
