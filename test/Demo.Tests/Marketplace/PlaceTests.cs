using System.Text.Json.Nodes;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Marketplace;

public class PlaceTests
{
    const string Context = "contextualLocation=country%3DUS%2Czip%3D10001";

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Calculated_shipping_is_known_only_to_a_buyer_whose_place_is_told_and_the_order_by_price_follows_it()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Script("lego",
        [
            new ListingSpec("110000000001", "Lego", 10) { ShippingCostType = "CALCULATED", ShippingCost = 20, IsShippingByPlace = true },
            new ListingSpec("110000000002", "Lego", 15),
        ]);

        var unknown = await ebay.SearchAsync(("q", "lego"), ("sort", "price"));
        ebay.Http.DefaultRequestHeaders.Add("X-EBAY-C-ENDUSERCTX", Context);
        var known = await ebay.SearchAsync(("q", "lego"), ("sort", "price"));

        Assert.Equal(["110000000001", "110000000002"], Ids(unknown));
        Assert.Null(unknown["itemSummaries"]![0]!["shippingOptions"]![0]!["shippingCost"]);
        Assert.Equal(["110000000002", "110000000001"], Ids(known));
        Assert.Equal("20.00", (string?)known["itemSummaries"]![1]!["shippingOptions"]![0]!["shippingCost"]!["value"]);
    }

    [Fact]
    public async Task A_campaign_gives_every_listing_an_affiliate_link()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Script("lego", [new ListingSpec("110000000001", "Lego", 10) { VariationId = 3 }]);

        Assert.Null((await ebay.SearchAsync(("q", "lego")))["itemSummaries"]![0]!["itemAffiliateWebUrl"]);
        ebay.Http.DefaultRequestHeaders.Add("X-EBAY-C-ENDUSERCTX", $"affiliateCampaignId=5338,{Context}");

        var item = (await ebay.SearchAsync(("q", "lego")))["itemSummaries"]![0]!;
        Assert.Equal($"{server.BaseUrl}itm/110000000001?var=3&campid=5338", (string?)item["itemAffiliateWebUrl"]);
    }

    [Fact]
    public async Task A_pickup_finds_what_can_be_collected_within_the_radius_with_its_distance()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Script("lego",
        [
            new ListingSpec("110000000001", "Far", 10) { PostalCode = "150**", HasLocalPickup = true },
            new ListingSpec("110000000002", "Not collected", 10) { PostalCode = "100**" },
            new ListingSpec("110000000003", "Two steps", 10) { PostalCode = "102**", HasLocalPickup = true },
            new ListingSpec("110000000004", "Here", 10) { PostalCode = "100**", HasLocalPickup = true },
            new ListingSpec("110000000005", "Abroad", 10) { PostalCode = "100**", HasLocalPickup = true, Country = "CA" },
        ]);

        var page = await ebay.SearchAsync(("q", "lego"), ("sort", "distance"),
            ("filter", "pickupCountry:US,pickupPostalCode:10001,pickupRadius:25,pickupRadiusUnit:mi,deliveryOptions:{SELLER_ARRANGED_LOCAL_PICKUP}"));

        Assert.Equal(["110000000004", "110000000003"], Ids(page));
        Assert.Equal("""{"unitOfMeasure":"mi","value":"20.0"}""", page["itemSummaries"]![1]!["distanceFromPickupLocation"]!.ToJsonString());
        Assert.Equal("100**", (string?)page["itemSummaries"]![0]!["itemLocation"]!["postalCode"]);
    }

    [Theory]
    [InlineData("pickupCountry:US,pickupPostalCode:10001,pickupRadius:25")]
    [InlineData("pickupRadiusUnit:km")]
    public async Task A_pickup_without_all_of_its_filters_is_a_warning_and_the_rows_are_unfiltered(string filter)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();

        var page = await ebay.SearchAsync(("q", "lego"), ("filter", filter));

        Assert.Equal(12010, (int?)page["warnings"]![0]!["errorId"]);
        Assert.NotEmpty(page["itemSummaries"]!.AsArray());
    }

    static IEnumerable<string?> Ids(JsonNode page) => page["itemSummaries"]!.AsArray().Select(item => (string?)item!["legacyItemId"]);
}
