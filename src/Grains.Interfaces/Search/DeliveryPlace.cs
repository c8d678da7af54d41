using Alerts.Settings;

namespace Alerts.Search;

/// <summary>A buyer's place, which eBay needs to know the shipping cost.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="PostalCode">Letters and digits, or only the first of them, which name an area; null when not given.</param>
public readonly record struct DeliveryPlace(string Country, string? PostalCode)
{
    /// <summary>The place of a search's settings, with the part of the postal code that eBay gets.</summary>
    public static DeliveryPlace Of(DeliverTo place)
    {
        var code = place.PostalCode is { } given ? Normal(given) : null;
        return new DeliveryPlace(place.Country, code is null || place.WholePostalCode ? code : AreaOf(place.Country, code));
    }

    /// <summary>A postal code in eBay's form: capital letters and digits.</summary>
    public static string Normal(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    /// <summary>The part that names an area: the outward code (UK), the routing key (Ireland), or the first half.</summary>
    static string AreaOf(string country, string code) => country switch
    {
        "GB" when code.Length > 4 => code[..^3],
        "IE" when code.Length > 3 => code[..3],
        _ => code[..((code.Length + 1) / 2)],
    };

    /// <summary>The form inside a key: <c>US,100</c>, or <c>US</c>.</summary>
    public override string ToString() => PostalCode is null ? Country : $"{Country},{PostalCode}";

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    public static DeliveryPlace Parse(string text) => text.Split(',', 2) is [var country, var code] ? new(country, code) : new(text, null);
}
