using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;

namespace Alerts.Gateway.Requests.Json;

/// <summary>Fields that only the service sets: an operation with this metadata lets them be sent back as they were read, and ignores them.</summary>
sealed class IgnoredFields(params string[] names)
{
    readonly FrozenSet<string> names = names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The document without these fields; anything but an object is returned as it is.</summary>
    public JsonElement RemoveFrom(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object || !names.Any(name => json.TryGetProperty(name, out _)))
            return json;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in json.EnumerateObject().Where(member => !names.Any(member.NameEquals)))
                member.WriteTo(writer);
            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
