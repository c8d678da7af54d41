using System.Collections.Immutable;
using System.Globalization;
using Alerts.Search;

namespace Alerts.SharedData.Products;

/// <summary>Chooses a listing's writer. All variations of a listing have the same one.</summary>
public static class ProductShards
{
    /// <summary>The shard of a listing, 0 to <paramref name="shards"/> - 1; always the same while the number of shards is.</summary>
    /// <param name="listing">The listing.</param>
    /// <param name="shards">How many shards there are (<see cref="SharedDataOptions.Shards"/>).</param>
    public static int ShardOf(Listing listing, int shards) => (int)(Mix((ulong)listing.ListingNumber) % (uint)shards);

    /// <summary>The key of a shard's stream and writer.</summary>
    public static string KeyOf(int shard) => shard.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A search's result as one event for each shard that has one of its listings. An empty result is one event without listings, from
    /// which readers learn that the result is now empty.
    /// </summary>
    public static IEnumerable<KeyValuePair<int, ProductBatch>> Split(string query, SearchSnapshot snapshot, int shards)
    {
        var perShard = snapshot.Listings
            .Select((listing, rank) => new RankedListing(rank, listing))
            .GroupBy(ranked => ShardOf(ranked.Listing, shards))
            .Select(group => KeyValuePair.Create(group.Key, BatchOf([.. group])));
        return snapshot.Listings.Length > 0 ? perShard : [KeyValuePair.Create(0, BatchOf([]))];

        ProductBatch BatchOf(ImmutableArray<RankedListing> listings) => new()
        {
            Query = query,
            Marketplace = SearchQuery.MarketplaceOf(query),
            ObservedAt = snapshot.FetchedAt,
            Listings = listings,
        };
    }

    /// <summary>Spreads neighbouring numbers (Fibonacci hashing).</summary>
    static ulong Mix(ulong number) => (number * 0x9E37_79B9_7F4A_7C15UL) >> 32;
}
