using System.Globalization;

namespace Alerts.Gateway.Pages.Shared;

/// <summary>Amounts as people type them, whichever sign parts their decimals: <c>1.000,50</c> and <c>1,000.50</c> are the same.</summary>
static class AmountText
{
    const int MaxLength = 20;

    /// <summary>The amount; null when there is none, and false when it cannot be read.</summary>
    public static bool TryRead(string? text, out decimal? amount)
    {
        amount = null;
        var plain = new string([.. (text ?? "").Where(character => !char.IsWhiteSpace(character) && character is not '\'' and not '’')]);
        if (plain.Length == 0)
            return true;
        if (plain.Length > MaxLength)
            return false;
        // Three digits after the last sign are thousands: no price here has three decimals.
        var last = plain.LastIndexOfAny(['.', ',']);
        var decimals = last < 0 || plain.Length - last - 1 == 3 ? "" : plain[(last + 1)..];
        var whole = (decimals.Length > 0 || last == plain.Length - 1 ? plain[..Math.Max(last, 0)] : plain).Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        if (!decimal.TryParse($"{(whole.Length == 0 ? "0" : whole)}.{(decimals.Length == 0 ? "0" : decimals)}", NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read))
            return false;
        amount = read;
        return true;
    }

    /// <summary>An amount for a field, as the visitor's language writes it.</summary>
    public static string Write(decimal? amount, CultureInfo culture) => amount?.ToString("0.##", culture) ?? "";
}
