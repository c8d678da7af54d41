using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Alerts.Search;

/// <summary>Computes the version of a search's content, so that users who have seen it need not look again. Pure.</summary>
public static class SnapshotVersion
{
    /// <summary>The same number for the same listings, prices and shipping in the same order; never 0.</summary>
    /// <param name="listings">The cheapest listings.</param>
    /// <param name="newest">The newest listings, if there are more.</param>
    public static long Of(ImmutableArray<Listing> listings, params ReadOnlySpan<Listing> newest)
    {
        var hash = new XxHash3();
        Append(hash, listings.AsSpan());
        Append(hash, newest);
        var version = (long)hash.GetCurrentHashAsUInt64();
        return version == 0 ? 1 : version;
    }

    static void Append(XxHash3 hash, ReadOnlySpan<Listing> listings)
    {
        foreach (var listing in listings)
        {
            hash.Append(MemoryMarshal.AsBytes([listing.ListingNumber, listing.BidCount ?? -1L]));
            hash.Append(MemoryMarshal.AsBytes([listing.SellerPrice.Value, listing.Price.Value, listing.Shipping?.Value ?? -1m]));
            hash.Append(MemoryMarshal.AsBytes(listing.SellerPrice.Currency.AsSpan()));
            hash.Append(MemoryMarshal.AsBytes(listing.Title.AsSpan()));
        }
    }
}
