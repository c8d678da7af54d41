using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Alerts.Search;

namespace Alerts.State.Memory;

/// <summary>
/// What a user's search remembers of one listing. There are many (a million users with sixty each), so the fields are packed into 40 bytes:
/// price in ten-thousandths, moments in whole seconds, and no object reference for the garbage collector to follow.
/// </summary>
[JsonConverter(typeof(SeenListingJson))]
[StructLayout(LayoutKind.Auto)]
public readonly record struct SeenListing
{
    readonly long price;
    readonly uint since;
    readonly uint notified;
    readonly uint gone;
    readonly ushort currency;

    /// <summary>The listing's number, the same for all its variations.</summary>
    public required long Number { get; init; }

    /// <summary>
    /// The price from which a change is measured, in the seller's currency: first seen, last named in a mail, or risen to since then.
    /// Rounded to ten-thousandths. Its currency is empty when it was not three capital letters.
    /// </summary>
    public required Money Reference
    {
        get => new(price / 10_000m, PackedCurrency.NameOf(currency));
        init => (price, currency) = ((long)Math.Round(Math.Clamp(value.Value, 0m, 900_000_000_000m) * 10_000m),
            PackedCurrency.Of(value.Currency));
    }

    /// <summary>Since when eBay has shown <see cref="Reference"/>; null if that was not recorded.</summary>
    public DateTimeOffset? ReferenceSince
    {
        get => PackedMoment.ToMoment(since);
        init => since = PackedMoment.Of(value);
    }

    /// <summary>When a mail last named the listing; null if none did.</summary>
    public DateTimeOffset? NotifiedAt
    {
        get => PackedMoment.ToMoment(notified);
        init => notified = PackedMoment.Of(value);
    }

    /// <summary>When the listing was last in the result; null while it is in the newest one.</summary>
    public DateTimeOffset? GoneSince
    {
        get => PackedMoment.ToMoment(gone);
        init => gone = PackedMoment.Of(value);
    }

    /// <summary>A 32-bit hash of seller and title, to recognize a listing that was listed again; 0 when the seller is unknown.</summary>
    public uint Likeness { get; init; }

    /// <summary>Whether the price is a bid. Bids are never compared with fixed prices.</summary>
    public bool IsAuction { get; init; }

    /// <summary>Whether the listing is new and no mail named it yet.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>Whether bids were seen: the price of an auction with bids only rises.</summary>
    public bool HasBids { get; init; }

    /// <summary>Whether a mail said that this auction ends soon.</summary>
    public bool IsEndingSaid { get; init; }

    /// <summary>The same listing with another one's reference price, and since when it holds.</summary>
    public SeenListing WithReferenceOf(SeenListing other) =>
        this with { Reference = other.Reference, ReferenceSince = other.ReferenceSince };
}
