using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Alerts.Search;

namespace Alerts.State.Memory;

/// <summary>
/// Stores remembered listings field by field, in about 16 bytes each: numbers and moments as differences, prices in cents if all are whole
/// cents. For <see cref="CompactSerializer"/>. A field added to <see cref="SeenListing"/> is added here at the end.
/// </summary>
sealed class PackedSeen : JsonConverter<ImmutableArray<SeenListing>>
{
    const int Fraction = 10_000, Cent = 100;
    const ulong Auction = 1, Waiting = 2, Bids = 4, EndingSaid = 8;

    public override ImmutableArray<SeenListing> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var packed = new PackedReader(reader.GetBytesFromBase64());
        var count = (int)packed.Number();
        var scale = packed.Number();
        if (count > packed.Left || scale is not (1 or Cent))
            throw new JsonException("The remembered listings are damaged.");
        var numbers = packed.Distances(count);
        var prices = packed.Numbers(count);
        var currencies = packed.Distances(count);
        var notified = packed.Distances(count);
        var gone = packed.Distances(count);
        var since = packed.Distances(count);
        var likeness = packed.Numbers(count);
        var flags = packed.Numbers(count);
        var seen = ImmutableArray.CreateBuilder<SeenListing>(count);
        for (var i = 0; i < count; i++)
        {
            seen.Add(new()
            {
                Number = numbers[i],
                Reference = new Money((decimal)(prices[i] * scale) / Fraction, PackedCurrency.NameOf((ushort)currencies[i])),
                NotifiedAt = PackedMoment.ToMoment((uint)notified[i]),
                GoneSince = PackedMoment.ToMoment((uint)gone[i]),
                ReferenceSince = PackedMoment.ToMoment((uint)since[i]),
                Likeness = (uint)likeness[i],
                IsAuction = (flags[i] & Auction) != 0,
                IsWaiting = (flags[i] & Waiting) != 0,
                HasBids = (flags[i] & Bids) != 0,
                IsEndingSaid = (flags[i] & EndingSaid) != 0,
            });
        }

        return seen.MoveToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<SeenListing> value, JsonSerializerOptions options)
    {
        var prices = value.Select(seen => (ulong)(seen.Reference.Value * Fraction)).ToArray();
        var scale = prices.All(price => price % Cent == 0) ? (ulong)Cent : 1;
        var packed = new PackedWriter();
        packed.Number((ulong)value.Length);
        packed.Number(scale);
        packed.Distances(value.Select(seen => seen.Number));
        packed.Numbers(prices.Select(price => price / scale));
        packed.Distances(value.Select(seen => (long)PackedCurrency.Of(seen.Reference.Currency)));
        packed.Distances(value.Select(seen => (long)PackedMoment.Of(seen.NotifiedAt)));
        packed.Distances(value.Select(seen => (long)PackedMoment.Of(seen.GoneSince)));
        packed.Distances(value.Select(seen => (long)PackedMoment.Of(seen.ReferenceSince)));
        packed.Numbers(value.Select(seen => (ulong)seen.Likeness));
        packed.Numbers(value.Select(FlagsOf));
        writer.WriteBase64StringValue(packed.Bytes);
    }

    static ulong FlagsOf(SeenListing seen) =>
        (seen.IsAuction ? Auction : 0) | (seen.IsWaiting ? Waiting : 0) | (seen.HasBids ? Bids : 0) | (seen.IsEndingSaid ? EndingSaid : 0);
}
