using System.Buffers;
using System.Text.Json;

namespace Alerts.Gateway.Requests.Json;

/// <summary>
/// JSON merge patch (RFC 7396): members of the patch replace those of the target, null removes one, arrays are replaced as a whole.
/// </summary>
static class MergePatch
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/merge-patch+json";

    /// <summary>Applies the patch to the target.</summary>
    public static JsonElement Apply(JsonElement target, JsonElement patch)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, target, patch);
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    static void Write(Utf8JsonWriter writer, JsonElement target, JsonElement patch)
    {
        if (patch.ValueKind is not JsonValueKind.Object)
        {
            patch.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        var isObject = target.ValueKind is JsonValueKind.Object;
        if (isObject)
        {
            foreach (var member in target.EnumerateObject().Where(member => !patch.TryGetProperty(member.Name, out _)))
                member.WriteTo(writer);
        }

        foreach (var member in patch.EnumerateObject().Where(member => member.Value.ValueKind is not JsonValueKind.Null))
        {
            writer.WritePropertyName(member.Name);
            Write(writer, isObject && target.TryGetProperty(member.Name, out var old) ? old : default, member.Value);
        }

        writer.WriteEndObject();
    }
}
