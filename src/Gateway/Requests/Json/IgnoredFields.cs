using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;

namespace Alerts.Gateway.Requests.Json;

/// <summary>
/// Fields that only the service sets. An operation with this metadata accepts them unchanged from an earlier answer, and ignores them.
/// </summary>
sealed class IgnoredFields(params string[] names)
{
    readonly FrozenSet<string> names = names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The document without these fields; other values than an object are returned unchanged.</summary>
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
