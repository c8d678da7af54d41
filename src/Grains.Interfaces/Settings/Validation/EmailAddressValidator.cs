using System.Globalization;
using System.Text;

namespace Alerts.Settings.Validation;

/// <summary>
/// Accepts e-mail addresses with a local part in dot-atom form, internationalised or not (RFC 5322, RFC 6531), and a host name of at least
/// two labels (RFC 5321, IDNA). Refuses quoted local parts, comments, address literals and display names: nobody receives alerts there.
/// </summary>
static class EmailAddressValidator
{
    /// <summary>The limit of an address in UTF-8 octets (RFC 5321: a path of 256 with its brackets).</summary>
    public const int MaximumOctets = 254;

    const int MaxLocalOctets = 64;
    const string AtextSymbols = "!#$%&'*+-/=?^_`{|}~";
    static readonly IdnMapping idn = new();

    /// <summary>Why an address is refused; null when it is accepted.</summary>
    public static string? Check(string address)
    {
        if (address.Length == 0)
            return "An e-mail address is required.";
        if (!TextValidator.IsPlain(address) || address.Contains(' ', StringComparison.Ordinal))
            return "The address must not hold blanks, control or invisible characters.";
        if (Encoding.UTF8.GetByteCount(address) > MaximumOctets)
            return $"The address must have at most {MaximumOctets} octets.";
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
            return "The address must have the form name@example.org.";
        if (!IsLocalPart(address[..at]))
            return $"The part before the @ must be letters, digits and {AtextSymbols}, with single dots between, at most {MaxLocalOctets} "
                + $"octets.";
        return IsHostName(address[(at + 1)..]) ? null : "The part after the @ must be a host name such as example.org.";
    }

    static bool IsLocalPart(string local) =>
        Encoding.UTF8.GetByteCount(local) <= MaxLocalOctets
        && local.Split('.').All(atom => atom.Length > 0 && atom.EnumerateRunes().All(IsAtext));

    /// <summary>Punctuation outside ASCII is not allowed: mail systems normalise some of it to an @ or a dot.</summary>
    static bool IsAtext(Rune rune) => rune.IsAscii
        ? Rune.IsLetterOrDigit(rune) || AtextSymbols.Contains((char)rune.Value, StringComparison.Ordinal)
        : IsWordRune(rune) || Rune.IsSymbol(rune);

    static bool IsHostName(string host)
    {
        if (!host.EnumerateRunes().All(rune => rune.IsAscii || IsWordRune(rune)))
            return false;
        string ascii;
        try
        {
            ascii = idn.GetAscii(host);
        }
        catch (ArgumentException)
        {
            // Not a host name in any alphabet, so the address is refused.
            return false;
        }
        var labels = ascii.Split('.');
        return ascii.Length <= 253 && labels.Length >= 2 && labels.All(IsLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    static bool IsWordRune(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
