using System.Globalization;

namespace Alerts.Gateway.Pages.Shared.Listings;

/// <summary>
/// Amounts as people type them, with a point or a comma before the decimals: <c>1.000,50</c> and <c>1,000.50</c> are the same.
/// </summary>
static class AmountText
{
    const int MaxLength = 20;

    /// <summary>Reads an amount; null for an empty text, and false when it cannot be read.</summary>
    public static bool TryRead(string? text, out decimal? amount)
    {
        amount = null;
        var plain = new string([.. (text ?? "").Where(character => !char.IsWhiteSpace(character) && character is not '\'' and not '’')]);
        if (plain.Length == 0)
            return true;
        if (plain.Length > MaxLength)
            return false;
        // Three digits after the last separator are thousands: no price here has three decimals.
        var last = plain.LastIndexOfAny(['.', ',']);
        var decimals = last < 0 || plain.Length - last - 1 == 3 ? "" : plain[(last + 1)..];
        var whole = (decimals.Length > 0 || last == plain.Length - 1 ? plain[..Math.Max(last, 0)] : plain)
            .Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        if (!decimal.TryParse($"{(whole.Length == 0 ? "0" : whole)}.{(decimals.Length == 0 ? "0" : decimals)}",
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read))
            return false;
        amount = read;
        return true;
    }

    /// <summary>Writes an amount into a field, in the visitor's language.</summary>
    public static string Write(decimal? amount, CultureInfo culture) => amount?.ToString("0.##", culture) ?? "";
}
