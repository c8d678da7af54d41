using System.Text.Json;

namespace Alerts.Cli;

/// <summary>Reads answers that may come from another release: a missing field is null.</summary>
static class JsonReading
{
    public static JsonElement? Find(this JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null
            ? value : null;

    public static string? Text(this JsonElement json, string name) => json.Find(name)?.ToString();

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name = "items") =>
        json.Find(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    /// <summary>A moment to the second, in a form for people.</summary>
    public static string Moment(this JsonElement json, string name) =>
        DateTimeOffset.TryParse(json.Text(name), System.Globalization.CultureInfo.InvariantCulture, out var at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
            : "";
}
