using System.Text.Json.Nodes;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Marketplace;

/// <summary>Filters and orders on a small scripted market whose listings are named by one letter.</summary>
public class FilterTests
{
    static readonly ListingSpec[] Listings =
    [
        new("110000000001", "a", 30) { ShippingCost = 20, Seller = "one", CreatedAt = At(1) },
        new("110000000002", "b", 40) { ConditionId = 3000, ShippingCost = 5, Seller = "two", Country = "CA", CreatedAt = At(4) },
        new("110000000003", "c", 10) { ConditionId = null, ShippingCostType = null, ShippingCost = null, CategoryId = "58540", CreatedAt = At(3) },
        new("110000000004", "d", 20) { ConditionId = 2500, BuyingOptions = ["FIXED_PRICE", "BEST_OFFER"], CreatedAt = At(2), EndsAt = At(30) },
        new("110000000005", "e", 1) { BuyingOptions = ["AUCTION"], CurrentBidPrice = 25, BidCount = 4, CreatedAt = At(5), EndsAt = At(20) },
    ];

    [Theory]
    [InlineData(null, "abcd")]
    [InlineData("price:[20..30],priceCurrency:USD", "ad")]
    [InlineData("price:[20],priceCurrency:USD", "abd")]
    [InlineData("price:[..20],priceCurrency:USD", "cd")]
    [InlineData("price:[24.5..25.5],priceCurrency:USD,buyingOptions:{FIXED_PRICE|AUCTION}", "e")]
    [InlineData("price:[..1],priceCurrency:GBP", "")]
    [InlineData("price:[..10],priceCurrency:GBP", "c")]
    [InlineData("conditions:{NEW}", "a")]
    [InlineData("conditions:{NEW|USED}", "ab")]
    [InlineData("conditions:{UNSPECIFIED}", "c")]
    [InlineData("conditions:{SELLER_REFURBISHED}", "d")]
    [InlineData("conditionIds:{1000|3000}", "ab")]
    [InlineData("buyingOptions:{AUCTION}", "e")]
    [InlineData("buyingOptions:{FIXED_PRICE|AUCTION}", "abcde")]
    [InlineData("buyingOptions:{BEST_OFFER}", "d")]
    [InlineData("sellers:{one|TWO}", "ab")]
    [InlineData("excludeSellers:{one}", "bcd")]
    [InlineData("itemLocationCountry:CA", "b")]
    [InlineData("maxDeliveryCost:0", "d")]
    [InlineData("maxDeliveryCost:5,deliveryCountry:US", "bd")]
    [InlineData("excludeCategoryIds:{58540|1}", "abd")]
    [InlineData("itemStartDate:[2026-01-03T00:00:00Z]", "bc")]
    [InlineData("itemEndDate:[..2026-01-31T00:00:00Z],buyingOptions:{FIXED_PRICE|AUCTION}", "de")]
    [InlineData("returnsAccepted:true,conditions:{USED},price:[10..50],priceCurrency:USD", "b")]
    public async Task A_filter_lets_through(string? filter, string titles)
    {
        var page = await SearchAsync(filter is null ? [] : [("filter", filter)]);

        Assert.Equal(titles, Titles(page));
        Assert.Equal(titles.Length, (int?)page["total"]);
        Assert.Null(page["warnings"]);
    }

    [Theory]
    [InlineData("category_ids", "58540", "c")]
    [InlineData("sort", "price", "cdeba")]
    [InlineData("sort", "-price", "abedc")]
    [InlineData("sort", "newlyListed", "ebcda")]
    [InlineData("sort", "endingSoonest", "edabc")]
    [InlineData("sort", "distance", "abcde")]
    public async Task A_category_and_an_order_are_kept(string name, string value, string titles)
    {
        // By price: c 10, d 20, e 25 (its bid), b 40 + 5, a 30 + 20 for shipping.
        var page = await SearchAsync((name, value), ("filter", "buyingOptions:{FIXED_PRICE|AUCTION}"));

        Assert.Equal(titles, Titles(page));
    }

    [Theory]
    [InlineData("price:[10..20]", 12012)]
    [InlineData("priceCurrency:USD", 12012)]
    [InlineData("price:[20..10],priceCurrency:USD", 12002)]
    [InlineData("price:10..20,priceCurrency:USD", 12002)]
    [InlineData("price:[x],priceCurrency:USD", 12002)]
    [InlineData("price:[],priceCurrency:USD", 12002)]
    [InlineData("price:[1..2..3],priceCurrency:USD", 12002)]
    [InlineData("price:[10],priceCurrency:SHELLS", 12002)]
    [InlineData("conditions:{SHINY}", 12002)]
    [InlineData("conditions:NEW", 12002)]
    [InlineData("conditionIds:{new}", 12002)]
    [InlineData("buyingOptions:{BARTER}", 12002)]
    [InlineData("buyingOptions:{}", 12002)]
    [InlineData("itemLocationCountry:canada", 12002)]
    [InlineData("maxDeliveryCost:free", 12002)]
    [InlineData("itemStartDate:[yesterday]", 12002)]
    [InlineData("colour:{red}", 12002)]
    [InlineData("conditions:{NEW},colour", 12002)]
    public async Task A_bad_filter_is_a_warning_and_rows_that_are_not_filtered(string filter, int warning)
    {
        var page = await SearchAsync(("filter", filter));

        Assert.Equal(warning, (int?)page["warnings"]![0]!["errorId"]);
        Assert.Equal("abcd", Titles(page));
    }

    [Theory]
    [InlineData("sort", "cheapest", 12008)]
    [InlineData("category_ids", "phones", 12009)]
    public async Task A_bad_order_or_category_is_a_warning(string name, string value, int warning)
    {
        var page = await SearchAsync((name, value));

        var json = Assert.Single(page["warnings"]!.AsArray())!;
        Assert.Equal(warning, (int?)json["errorId"]);
        Assert.Equal(value, (string?)json["parameters"]![0]!["value"]);
        Assert.Equal("abcd", Titles(page));
    }

    [Fact]
    public async Task More_than_250_sellers_are_an_error()
    {
        var page = await SearchAsync(("filter", $"excludeSellers:{{{string.Join('|', Enumerable.Range(1, 251))}}}"));
        Assert.Equal(12032, (int?)page["errors"]![0]!["errorId"]);

        Assert.Equal("abcd", Titles(await SearchAsync(("filter", $"excludeSellers:{{{string.Join('|', Enumerable.Range(1, 250))}}}"))));
    }

    static async Task<JsonNode> SearchAsync(params (string Name, string Value)[] parameters)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), new FakeTimeProvider(At(10)));
        server.Script("lego", Listings);
        using var ebay = await new EbayCaller(server).LogInAsync();
        return await ebay.SearchAsync([("q", "lego"), .. parameters]);
    }

    static string Titles(JsonNode page) => string.Concat(page["itemSummaries"]?.AsArray().Select(item => (string)item!["title"]!) ?? []);

    static DateTimeOffset At(int day) => new(2026, 1, day, 12, 0, 0, TimeSpan.Zero);
}
