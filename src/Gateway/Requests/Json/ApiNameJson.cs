using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alerts.Gateway.Requests.Json;

/// <summary>Reads and writes a value by its name in the API, where that is not the one that is stored.</summary>
sealed class ApiNameJson<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && ApiNames.Find(typeof(T), reader.GetString()) is T value
            ? value
            : throw new JsonException($"Must be one of {string.Join(", ", ApiNames.OfAll(typeof(T)))}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ApiNames.Of(value));
}
