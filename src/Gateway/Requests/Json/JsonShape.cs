using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Alerts.Settings.Validation;

namespace Alerts.Gateway.Requests.Json;

/// <summary>
/// Compares JSON with the contract of a type and finds everything that does not fit; deserializing would stop at the first error. The
/// contract is the serializer's own, so the two cannot disagree. Strings are valid here: <see cref="JsonText"/> has checked them.
/// </summary>
static class JsonShape
{
    /// <summary>Errors reported; further ones would help nobody.</summary>
    const int MaxErrors = 50;

    /// <summary>The errors by JSON path; empty when everything fits.</summary>
    /// <param name="json">The document.</param>
    /// <param name="type">Its contract.</param>
    /// <param name="isPatch">
    /// True for a merge patch: fields may be absent or null, except inside arrays, which are replaced as a whole.
    /// </param>
    public static IReadOnlyDictionary<string, string[]> Check(JsonElement json, JsonTypeInfo type, bool isPatch = false)
    {
        var errors = new FieldErrors(MaxErrors);
        CheckValue(json, type, JsonPath.Root, isPatch, errors);
        return errors.ToDictionary();
    }

    /// <summary>
    /// The document without the parts that do not fit. Such fields are left out. Such elements become null, or are left out where null is
    /// not allowed. Null when nothing is left.
    /// </summary>
    public static JsonNode? FittingParts(JsonElement json, JsonTypeInfo type) => (type.Kind, json.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        (JsonTypeInfoKind.Object, JsonValueKind.Object) => new JsonObject(
            from property in type.Properties
            where property.Set is not null && json.TryGetProperty(property.Name, out _)
            let value = FittingParts(json.GetProperty(property.Name), type.Options.GetTypeInfo(property.PropertyType))
            where value is not null
            select KeyValuePair.Create<string, JsonNode?>(property.Name, value)),
        (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => new JsonArray([..
            from element in json.EnumerateArray()
            let value = FittingParts(element, type.Options.GetTypeInfo(type.ElementType!))
            where value is not null || !type.ElementType!.IsValueType
            select value]),
        (JsonTypeInfoKind.None, _) when Expectation(json, Nullable.GetUnderlyingType(type.Type) ?? type.Type) is null =>
            JsonValue.Create(json),
        _ => null,
    };

    static void CheckValue(JsonElement json, JsonTypeInfo type, string path, bool isPatch, FieldErrors errors)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(json, type, path, isPatch, errors);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckArray(json, type, path, errors);
                break;
            default:
                if (Expectation(json, Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { } expectation)
                    errors.Add(path, expectation);
                break;
        }
    }

    static void CheckObject(JsonElement json, JsonTypeInfo type, string path, bool isPatch, FieldErrors errors)
    {
        if (json.ValueKind is not JsonValueKind.Object)
        {
            errors.Add(path, "Must be an object.");
            return;
        }

        var absent = type.Properties.Where(property => property.IsRequired).Select(property => property.Name)
            .ToHashSet(StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            var name = member.Name;
            var memberPath = JsonPath.Member(path, name);
            absent.Remove(name);
            if (!given.Add(name))
                errors.Add(memberPath, "Is given twice.");
            else if (type.Properties.FirstOrDefault(property => property.Name == name && property.Set is not null) is not { } property)
                errors.Add(memberPath, "Is not a field of this document.");
            else if (member.Value.ValueKind is JsonValueKind.Null && (isPatch || property.IsSetNullable))
                continue;
            else
                CheckValue(member.Value, type.Options.GetTypeInfo(property.PropertyType), memberPath, isPatch, errors);
        }

        foreach (var name in isPatch ? [] : absent)
            errors.Add(JsonPath.Member(path, name), "Is required.");
    }

    static void CheckArray(JsonElement json, JsonTypeInfo type, string path, FieldErrors errors)
    {
        if (json.ValueKind is not JsonValueKind.Array)
        {
            errors.Add(path, "Must be an array.");
            return;
        }

        var elementType = type.Options.GetTypeInfo(type.ElementType!);
        var index = 0;
        foreach (var element in json.EnumerateArray())
            CheckValue(element, elementType, JsonPath.Element(path, index++), isPatch: false, errors);
    }

    /// <summary>The expected kind of a plain value; null when the value is of that kind.</summary>
    static string? Expectation(JsonElement json, Type type) => type switch
    {
        _ when type.IsEnum => json.ValueKind is JsonValueKind.String && ApiNames.Find(type, json.GetString()) is not null
            ? null
            : $"Must be one of {string.Join(", ", ApiNames.OfAll(type))}.",
        _ when type == typeof(string) => json.ValueKind is JsonValueKind.String ? null : "Must be a string.",
        _ when type == typeof(bool) => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "Must be true or false.",
        _ when type == typeof(int) => json.ValueKind is JsonValueKind.Number && json.TryGetInt32(out _) ? null : "Must be a whole number.",
        _ when type == typeof(decimal) => json.ValueKind is JsonValueKind.Number && json.TryGetDecimal(out _) ? null : "Must be a number.",
        _ when type == typeof(DateTimeOffset) =>
            json.ValueKind is JsonValueKind.String && json.TryGetDateTimeOffset(out _)
            ? null : "Must be a date and time with its offset, such as 2026-03-01T12:00:00Z.",
        _ => throw new NotSupportedException($"No rule for values of type {type}."),
    };
}
