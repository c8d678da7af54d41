using System.Text.Json;

namespace Alerts.Gateway.Tests.Documentation;

/// <summary>The API document of a running gateway, as any program would read it.</summary>
sealed class ApiDocument(JsonElement root)
{
    public JsonElement Root => root;

    public IEnumerable<ApiOperation> Operations =>
        from path in root.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        select new ApiOperation(method.Name.ToUpperInvariant(), path.Name, method.Value);

    public static async Task<ApiDocument> ReadAsync(HttpClient client) => new(await client.GetJsonAsync("/openapi/v1.json"));

    /// <summary>What does not fit a schema, as paths with reasons; empty when all does.</summary>
    public IReadOnlyList<string> Misfits(JsonElement value, JsonElement schema)
    {
        var misfits = new List<string>();
        Check(value, schema, "$", misfits);
        return misfits;
    }

    void Check(JsonElement value, JsonElement schema, string path, List<string> misfits)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var target = reference.GetString()!.Split('/')[1..].Aggregate(root, (element, name) => element.GetProperty(name));
            Check(value, target, path, misfits);
            return;
        }

        foreach (var any in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(any, out var choices) && !choices.EnumerateArray().Any(choice => Misfits(value, choice).Count == 0))
                misfits.Add($"{path} fits no choice: {value.GetRawText()}");
        }

        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()) : [type.GetString()]).Contains(TypeOf(value, type)))
            misfits.Add($"{path} is no {type}: {value.GetRawText()}");
        if (schema.TryGetProperty("enum", out var values) && value.ValueKind is not JsonValueKind.Null && !values.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
            misfits.Add($"{path} is none of {values}: {value.GetRawText()}");
        if (schema.TryGetProperty("pattern", out var pattern) && value.ValueKind is JsonValueKind.String && !System.Text.RegularExpressions.Regex.IsMatch(value.GetString()!, pattern.GetString()!))
            misfits.Add($"{path} does not match {pattern}: {value.GetRawText()}");
        if (value.ValueKind is JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (index, element) in value.EnumerateArray().Index())
                Check(element, items, $"{path}[{index}]", misfits);
        }

        if (value.ValueKind is JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            foreach (var required in schema.TryGetProperty("required", out var names) ? names.EnumerateArray() : default)
            {
                if (!value.TryGetProperty(required.GetString()!, out _))
                    misfits.Add($"{path}.{required} is absent");
            }

            foreach (var member in value.EnumerateObject())
            {
                if (properties.TryGetProperty(member.Name, out var property))
                    Check(member.Value, property, $"{path}.{member.Name}", misfits);
                else if (schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind is JsonValueKind.False)
                    misfits.Add($"{path}.{member.Name} is not in the schema");
            }
        }
    }

    static string TypeOf(JsonElement value, JsonElement type) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        _ => type.GetRawText().Contains("integer", StringComparison.Ordinal) && value.TryGetInt64(out _) ? "integer" : "number",
    };
}
