using Alerts.Search;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public class ProductShardsTests
{
    [Fact]
    public void Every_listing_is_in_one_batch_with_its_rank()
    {
        var snapshot = new SearchSnapshot { Version = 1, FetchedAt = Start, Total = 100, Listings = [.. Enumerable.Range(1, 100).Select(number => Of(number))] };

        var batches = ProductShards.Split(Query, snapshot, 4).ToList();

        Assert.Equal([0, 1, 2, 3], batches.Select(batch => batch.Key).Order());
        Assert.All(batches, batch => Assert.All(batch.Value.Listings, listing => Assert.Equal(batch.Key, ProductShards.ShardOf(listing.Listing, 4))));
        Assert.All(batches, batch => Assert.Equal((Query, "EBAY_US", Start), (batch.Value.Query, batch.Value.Marketplace, batch.Value.ObservedAt)));
        Assert.Equal(
            snapshot.Listings.Select((listing, rank) => new RankedListing(rank, listing)),
            batches.SelectMany(batch => batch.Value.Listings).OrderBy(listing => listing.Rank));
    }

    [Fact]
    public void A_search_without_listings_is_one_empty_batch()
    {
        var snapshot = new SearchSnapshot { Version = 1, FetchedAt = Start, Total = 0, Listings = [] };

        var (shard, batch) = Assert.Single(ProductShards.Split(Query, snapshot, 4));

        Assert.Equal(0, shard);
        Assert.Empty(batch.Listings);
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(4), InlineData(64)]
    public void Numbers_near_each_other_spread_evenly(int shards)
    {
        var sizes = Enumerable.Range(0, 64_000).GroupBy(step => ProductShards.ShardOf(Of(405_123_000_000 + step), shards)).Select(shard => shard.Count()).ToList();

        Assert.Equal(shards, sizes.Count);
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 64_000 / shards / 10);
    }
}
