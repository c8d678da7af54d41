using System.Net;
using System.Text.Json.Nodes;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Marketplace;

public class SearchTests
{
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_search_answers_with_listings_of_the_phrase_in_eBays_shape()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();

        var page = await ebay.SearchAsync(("q", "Lego 10497"), ("limit", "20"), ("sort", "price"));

        Assert.Equal($"{server.BaseUrl}buy/browse/v1/item_summary/search?q=Lego+10497&limit=20&sort=price&offset=0", (string?)page["href"]);
        Assert.Equal($"{server.BaseUrl}buy/browse/v1/item_summary/search?q=Lego+10497&limit=20&sort=price&offset=20", (string?)page["next"]);
        Assert.Null(page["warnings"]);
        var items = page["itemSummaries"]!.AsArray();
        Assert.Equal(20, items.Count);
        Assert.All(items, item =>
        {
            Assert.Contains("lego 10497", (string)item!["title"]!, StringComparison.OrdinalIgnoreCase);
            Assert.Matches(@"^v1\|\d{12}\|\d+$", (string)item["itemId"]!);
            Assert.Matches(@"^\d+\.\d\d$", (string)item["price"]!["value"]!);
            Assert.Equal($"{server.BaseUrl}images/{item["legacyItemId"]}.png", (string?)item["image"]!["imageUrl"]);
            Assert.StartsWith($"{server.BaseUrl}itm/{item["legacyItemId"]}", (string)item["itemWebUrl"]!, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_scripted_listing_is_written_field_by_field_as_eBay_names_them()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Script("Lego", [new ListingSpec("110000000001", "Lego \"A\" <b>", 9.5m)
        {
            VariationId = 7, ConvertedFromValue = 12.4m, ConvertedFromCurrency = "CAD", OriginalPrice = 19, ConditionId = 3000, ShippingCost = 1.25m,
            IsVariationGroup = true, BuyingOptions = ["FIXED_PRICE", "BEST_OFFER"], Seller = "s", Country = "CA", CategoryId = "123",
            EndsAt = clock.GetUtcNow(), CreatedAt = clock.GetUtcNow().AddDays(-1),
        }]);

        var page = await ebay.SearchAsync(("q", "LEGO"));

        var expected = $$$"""
            {"href":"{{{server.BaseUrl}}}buy/browse/v1/item_summary/search?q=LEGO&limit=50&offset=0","total":1,"limit":50,"offset":0,"itemSummaries":[{
            "itemId":"v1|110000000001|7","title":"Lego \"A\" <b>",
            "itemGroupHref":"{{{server.BaseUrl}}}buy/browse/v1/item/get_items_by_item_group?item_group_id=110000000001","leafCategoryIds":["123"],
            "image":{"imageUrl":"{{{server.BaseUrl}}}images/110000000001.png"},"thumbnailImages":[{"imageUrl":"{{{server.BaseUrl}}}images/110000000001.png"}],
            "price":{"value":"9.50","currency":"USD","convertedFromValue":"12.40","convertedFromCurrency":"CAD"},
            "itemGroupType":"SELLER_DEFINED_VARIATIONS","itemHref":"{{{server.BaseUrl}}}buy/browse/v1/item/v1%7C110000000001%7C7",
            "seller":{"username":"s","feedbackPercentage":"99.1","feedbackScore":1234},
            "marketingPrice":{"originalPrice":{"value":"19.00","currency":"USD"},"discountPercentage":"50","discountAmount":{"value":"9.50","currency":"USD"},"priceTreatment":"STRIKE_THROUGH"},
            "condition":"Used","conditionId":"3000",
            "shippingOptions":[{"shippingCostType":"FIXED","shippingCost":{"value":"1.25","currency":"USD"}}],
            "buyingOptions":["FIXED_PRICE","BEST_OFFER"],"itemWebUrl":"{{{server.BaseUrl}}}itm/110000000001?var=7","itemLocation":{"country":"CA"},
            "adultOnly":false,"legacyItemId":"110000000001","availableCoupons":false,"itemCreationDate":"2026-02-28T12:00:00.000Z","itemEndDate":"2026-03-01T12:00:00.000Z",
            "topRatedBuyingExperience":false,"priorityListing":false,"listingMarketplaceId":"EBAY_US"}]}
            """;
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), page.ToJsonString());
    }

    [Fact]
    public async Task What_a_listing_does_not_have_is_absent()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Script("lego", [new ListingSpec("110000000001", "Lego", null)
        {
            ConditionId = null, ShippingCostType = null, HasImage = false, BuyingOptions = ["AUCTION"], CurrentBidPrice = 3, BidCount = 2,
        }]);

        var page = await ebay.SearchAsync(("q", "lego"), ("filter", "buyingOptions:{AUCTION}"));
        var item = page["itemSummaries"]![0]!.AsObject();

        Assert.Equal(["image", "thumbnailImages", "price", "condition", "conditionId", "shippingOptions", "itemEndDate", "marketingPrice", "itemGroupType"],
            ((string[])["image", "thumbnailImages", "price", "condition", "conditionId", "shippingOptions", "itemEndDate", "marketingPrice", "itemGroupType"])
                .Where(name => !item.ContainsKey(name)));
        Assert.Equal("3.00", (string?)item["currentBidPrice"]!["value"]);
        Assert.Equal(2, (int?)item["bidCount"]);
    }

    [Fact]
    public async Task Nothing_found_is_a_page_without_itemSummaries()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Script("lego", []);

        var page = (await ebay.SearchAsync(("q", "lego"))).AsObject();

        Assert.Equal(0, (int?)page["total"]);
        Assert.False(page.ContainsKey("itemSummaries"));
        Assert.False(page.ContainsKey("next"));
    }

    [Fact]
    public async Task The_pages_of_a_search_are_all_of_it_once()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { ListingsPerQuery = 50 }, clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        const string Everything = "buyingOptions:{FIXED_PRICE|AUCTION}";
        var whole = await ebay.SearchAsync(("q", "lego"), ("filter", Everything), ("limit", "200"));

        var ids = new List<string?>();
        var next = "start";
        for (var offset = 0; next is not null; offset += 20)
        {
            var page = await ebay.SearchAsync(("q", "lego"), ("filter", Everything), ("limit", "20"), ("offset", $"{offset}"));
            Assert.Equal(50, (int?)page["total"]);
            ids.AddRange(page["itemSummaries"]!.AsArray().Select(item => (string?)item!["itemId"]));
            next = (string?)page["next"];
        }

        Assert.Equal(50, ids.Distinct().Count());
        Assert.Equal(whole["itemSummaries"]!.AsArray().Select(item => (string?)item!["itemId"]), ids);
    }

    [Theory]
    [InlineData("limit=20", 400, 12001)]
    [InlineData("q=%20", 400, 12001)]
    [InlineData("q=lego&limit=0", 400, 12006)]
    [InlineData("q=lego&limit=201", 400, 12006)]
    [InlineData("q=lego&limit=many", 400, 12007)]
    [InlineData("q=lego&limit=20&offset=-20", 400, 12004)]
    [InlineData("q=lego&limit=20&offset=x", 400, 12005)]
    [InlineData("q=lego&limit=20&offset=10", 400, 12515)]
    [InlineData("q=lego&limit=20&offset=10000", 400, 12029)]
    public async Task A_call_eBay_would_not_serve_is_refused_with_its_error(string query, int status, int error)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();

        using var response = await ebay.Http.GetAsync($"buy/browse/v1/item_summary/search?{query}", TestContext.Current.CancellationToken);
        var json = (await EbayCaller.ReadAsync(response))["errors"]![0]!;

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(error, (int)json["errorId"]!);
        Assert.Equal("API_BROWSE", (string?)json["domain"]);
        Assert.Equal("REQUEST", (string?)json["category"]);
        Assert.NotEmpty((string)json["message"]!);
    }

    [Fact]
    public async Task Keywords_are_cut_at_100_characters()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Script(new string('a', 100), [new ListingSpec("110000000001", "A", 1)]);

        var page = await ebay.SearchAsync(("q", new string('a', 101)));

        Assert.Equal(1, (int?)page["total"]);
    }

    [Theory]
    [InlineData("EBAY_DE", "EUR", "EBAY_DE")]
    [InlineData("EBAY_GB", "GBP", "EBAY_GB")]
    [InlineData("ebay_gb", "USD", "EBAY_US")]
    [InlineData("EBAY_MARS", "USD", "EBAY_US")]
    public async Task A_marketplace_has_its_currency_and_an_unknown_one_is_EBAY_US(string header, string currency, string served)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();

        using var response = await ebay.GetAsync(header, ("q", "lego"));
        var items = (await EbayCaller.ReadAsync(response))["itemSummaries"]!.AsArray();

        Assert.All(items, item =>
        {
            Assert.Equal(currency, (string?)item!["price"]!["currency"]);
            Assert.Equal(served, (string?)item["listingMarketplaceId"]);
        });
    }

    [Theory]
    [InlineData(null, 1002)]
    [InlineData("Bearer nonsense", 1001)]
    [InlineData("Basic nonsense", 1002)]
    public async Task Without_a_valid_token_a_search_is_refused(string? header, int error)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = new EbayCaller(server);
        if (header is not null)
            ebay.Http.DefaultRequestHeaders.Add("Authorization", header);

        using var response = await ebay.GetAsync("EBAY_US", ("q", "lego"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(error, (int?)(await EbayCaller.ReadAsync(response))["errors"]![0]!["errorId"]);
    }
}
