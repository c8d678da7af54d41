using System.Globalization;
using System.Text.Json;

namespace Alerts.Search.Ebay.Answers;

/// <summary>Reads a field of any type as the wanted type; null when that is impossible. Never throws.</summary>
static class LenientJson
{
    /// <summary>A field of an object; null when it is absent or JSON's null, or when the element is no object.</summary>
    public static JsonElement? Field(this JsonElement? element, string name) => element is { } present ? present.Field(name) : null;

    public static JsonElement? Field(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value)
                && value.ValueKind is not JsonValueKind.Null
                ? value
                : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Another field's name is no valid text.
        }
    }

    /// <summary>The elements of an array; empty for anything else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : Enumerable.Empty<JsonElement>();

    public static string? Text(this JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair, or bytes that are no UTF-8.
        }
    }

    /// <summary>A text, or a number as it was written.</summary>
    public static string? TextOrNumber(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : element.Text();

    /// <summary>An amount written as a JSON number; null when the text is none, or has a sign.</summary>
    public static decimal? Decimal(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    public static int? Number(this JsonElement? element) =>
        int.TryParse(element.TextOrNumber(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static DateTimeOffset? Moment(this JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var moment)
                ? moment.ToUniversalTime() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
