using System.Text.Json.Nodes;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Marketplace;

public class LargeMarketTests
{
    static readonly TimeSpan slot = TimeSpan.FromMinutes(2);

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(500)]
    [InlineData(20_000)]
    public async Task Newest_first_is_in_order_of_creation_over_all_pages_that_can_be_read(int listings)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { ListingsPerQuery = listings, Pace = 1 }, clock);
        using var ebay = await new EbayCaller(server).LogInAsync();

        var created = new List<DateTimeOffset>();
        for (var offset = 0; offset < 600; offset += 200)
        {
            var page = await ebay.SearchAsync(("q", "lego"), ("sort", "newlyListed"), ("limit", "200"), ("offset", $"{offset}"), ("filter", "buyingOptions:{FIXED_PRICE|AUCTION}"));
            Assert.Equal(listings, (int?)page["total"]);
            created.AddRange(page["itemSummaries"]!.AsArray().Select(item => DateTimeOffset.Parse((string)item!["itemCreationDate"]!, null)));
        }

        Assert.Equal(Math.Min(600, listings), created.Count);
        Assert.Equal(created.OrderDescending(), created);
        Assert.Equal(listings, server.OnSale("lego").DistinctBy(listing => listing.ItemId).Count());
    }

    [Fact]
    public async Task A_listing_can_show_up_a_day_after_its_creation_and_behind_newer_ones_that_showed_before_it()
    {
        await using var server = await MarketplaceServer.StartAsync(
            new MarketplaceOptions { ListingsPerQuery = 500, Pace = 20, MaxIndexDelay = TimeSpan.FromDays(1) }, clock);
        var known = server.OnSale("lego").ToDictionary(listing => listing.ItemId);
        var delays = new List<TimeSpan>();
        var isBehind = 0;
        for (var count = 0; count < 720; count++)
        {
            clock.Advance(slot);
            var newest = known.Values.Max(listing => listing.CreatedAt);
            foreach (var listing in server.OnSale("lego").Where(listing => known.TryAdd(listing.ItemId, listing)))
            {
                delays.Add(clock.GetUtcNow() - listing.CreatedAt);
                isBehind += listing.CreatedAt < newest ? 1 : 0;
            }
        }

        Assert.InRange(delays.Min(), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15));
        Assert.InRange(delays.Max(), TimeSpan.FromHours(20), TimeSpan.FromHours(24) + slot);
        Assert.InRange(isBehind, delays.Count / 5, delays.Count / 2);
        Assert.Equal(known.Count, 500 + delays.Count);
    }

    [Fact]
    public async Task At_eBays_pace_one_listing_in_thirty_is_new_each_day_and_one_price_in_seven_moves_by_a_few_per_cent()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { ListingsPerQuery = 3_000, Pace = 1 }, clock);
        var before = server.OnSale("lego").Where(listing => listing.BidCount is null).ToDictionary(listing => listing.ItemId);

        clock.Advance(TimeSpan.FromDays(1));

        var after = server.OnSale("lego").Where(listing => listing.BidCount is null).ToList();
        var moves = after.Where(listing => before.ContainsKey(listing.ItemId))
            .Select(listing => (Was: Price(before[listing.ItemId]), Is: Price(listing))).Where(price => price.Was != price.Is)
            .Select(price => Math.Abs(price.Is / price.Was - 1)).ToList();
        Assert.InRange(after.Count(listing => !before.ContainsKey(listing.ItemId)), 3_000 / 40, 3_000 / 20);
        Assert.InRange(moves.Count, 3_000 / 15, 3_000 / 5);
        Assert.InRange(moves.Average(), 0.01m, 0.05m);

        static decimal Price(ListingSpec listing) => (listing.ConvertedFromValue ?? listing.Price)!.Value;
    }

    [Fact]
    public async Task An_auction_is_bid_on_and_is_gone_once_it_has_ended()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        var auction = new ListingSpec("110000000001", "Auction", null)
        {
            BuyingOptions = ["AUCTION"], CurrentBidPrice = 5, BidCount = 2, EndsAt = clock.GetUtcNow() + TimeSpan.FromMinutes(3),
        };
        server.Script("lego", [auction, auction with { LegacyItemId = "110000000002", EndsAt = clock.GetUtcNow() + TimeSpan.FromHours(1) }]);
        (string, string)[] query = [("q", "lego"), ("sort", "endingSoonest"), ("filter", "buyingOptions:{AUCTION}")];

        Assert.Equal(["110000000001", "110000000002"], Ids(await ebay.SearchAsync(query)));
        clock.Advance(2 * slot);
        Assert.Equal(["110000000002"], Ids(await ebay.SearchAsync(query)));

        static IEnumerable<string?> Ids(JsonNode page) => page["itemSummaries"]!.AsArray().Select(item => (string?)item!["legacyItemId"]);
    }

    [Fact]
    public async Task A_result_that_is_too_large_is_refused_with_eBays_number()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.TooLarge, Times = 1 });

        using var refused = await ebay.GetAsync("EBAY_US", ("q", "lego"));

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal(12023, (int?)(await EbayCaller.ReadAsync(refused))["errors"]![0]!["errorId"]);
    }
}
