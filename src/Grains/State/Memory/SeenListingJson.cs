using System.Text.Json;
using System.Text.Json.Serialization;
using Alerts.Search;

namespace Alerts.State.Memory;

/// <summary>
/// Stores a remembered listing as a short array, since a user has hundreds: <c>[number, price, "USD", notified, gone, likeness, auction,
/// since, flags]</c>. Flags stand there only when one is set. Moments are Unix seconds, 0 for none.
/// </summary>
public sealed class SeenListingJson : JsonConverter<SeenListing>
{
    const int Waiting = 1;
    const int Bids = 2;
    const int EndingSaid = 4;

    public override SeenListing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A remembered listing is an array.");
        Next(ref reader);
        var number = reader.GetInt64();
        Next(ref reader);
        var price = reader.GetDecimal();
        Next(ref reader);
        var currency = reader.GetString() ?? "";
        Next(ref reader);
        var notified = Moment(reader.GetInt64());
        Next(ref reader);
        var gone = Moment(reader.GetInt64());
        Next(ref reader);
        var likeness = reader.GetUInt32();
        Next(ref reader);
        var isAuction = reader.GetInt32() == 1;
        Next(ref reader);
        var since = Moment(reader.GetInt64());
        var flags = 0;
        if (reader.Read() && reader.TokenType is JsonTokenType.Number)
            flags = reader.GetInt32();
        // Fields that a later release appended are skipped, so that a silo rolled back to this release can still read the state.
        while (reader.TokenType != JsonTokenType.EndArray)
            Next(ref reader);
        return new SeenListing
        {
            Number = number, Reference = new Money(price, currency), ReferenceSince = since, NotifiedAt = notified, GoneSince = gone,
                Likeness = likeness, IsAuction = isAuction,
            IsWaiting = (flags & Waiting) != 0, HasBids = (flags & Bids) != 0, IsEndingSaid = (flags & EndingSaid) != 0,
        };
    }

    public override void Write(Utf8JsonWriter writer, SeenListing value, JsonSerializerOptions options)
    {
        var reference = value.Reference;
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Number);
        writer.WriteNumberValue(reference.Value);
        writer.WriteStringValue(reference.Currency);
        writer.WriteNumberValue(value.NotifiedAt?.ToUnixTimeSeconds() ?? 0);
        writer.WriteNumberValue(value.GoneSince?.ToUnixTimeSeconds() ?? 0);
        writer.WriteNumberValue(value.Likeness);
        writer.WriteNumberValue(value.IsAuction ? 1 : 0);
        writer.WriteNumberValue(value.ReferenceSince?.ToUnixTimeSeconds() ?? 0);
        var flags = (value.IsWaiting ? Waiting : 0) | (value.HasBids ? Bids : 0) | (value.IsEndingSaid ? EndingSaid : 0);
        if (flags != 0)
            writer.WriteNumberValue(flags);
        writer.WriteEndArray();
    }

    static void Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw new JsonException("A remembered listing ends early.");
    }

    static DateTimeOffset? Moment(long seconds) => seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds);
}
