using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Alerts.Search;

namespace Alerts.State.Memory;

/// <summary>
/// What a user's search remembers of one listing. There are many (a million users times sixty), so the fields are packed:
/// 40 bytes each, the price in ten-thousandths, moments in whole seconds, and no reference for the collector to follow.
/// </summary>
[JsonConverter(typeof(SeenListingJson))]
[StructLayout(LayoutKind.Auto)]
public readonly record struct SeenListing
{
    readonly long price;
    readonly uint since;
    readonly uint told;
    readonly uint gone;
    readonly ushort currency;

    /// <summary>The listing's number, the same for all its variations.</summary>
    public required long Number { get; init; }

    /// <summary>
    /// The price a change is measured from, in the seller's currency: the one first seen, last named in a mail, or risen to since.
    /// Rounded to ten-thousandths; its currency is empty when it was not three capital letters.
    /// </summary>
    public required Money Reference
    {
        get => new(price / 10_000m, PackedCurrency.NameOf(currency));
        init => (price, currency) = ((long)Math.Round(Math.Clamp(value.Value, 0m, 900_000_000_000m) * 10_000m), PackedCurrency.Of(value.Currency));
    }

    /// <summary>When eBay first said that <see cref="Reference"/> is what it is; null if it was not recorded.</summary>
    public DateTimeOffset? ReferenceSince
    {
        get => PackedMoment.ToMoment(since);
        init => since = PackedMoment.Of(value);
    }

    /// <summary>When a mail last named it; null if none did.</summary>
    public DateTimeOffset? NotifiedAt
    {
        get => PackedMoment.ToMoment(told);
        init => told = PackedMoment.Of(value);
    }

    /// <summary>When it was last in a result that it is now missing from; null while it is in the newest result.</summary>
    public DateTimeOffset? GoneSince
    {
        get => PackedMoment.ToMoment(gone);
        init => gone = PackedMoment.Of(value);
    }

    /// <summary>Seller and title in 32 bits, to know a listing again that was listed anew; 0 when the seller is unknown.</summary>
    public uint Likeness { get; init; }

    /// <summary>Whether the price is a bid: bids and fixed prices are never compared.</summary>
    public bool IsAuction { get; init; }

    /// <summary>Whether it is new and no mail named it yet.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>Whether bids were seen: the price of an auction with bids only rises.</summary>
    public bool HasBids { get; init; }

    /// <summary>Whether a mail said that this auction ends soon.</summary>
    public bool IsEndingSaid { get; init; }

    /// <summary>The same with the reference of another, and since when that is.</summary>
    public SeenListing WithReferenceOf(SeenListing other) => this with { Reference = other.Reference, ReferenceSince = other.ReferenceSince };
}
