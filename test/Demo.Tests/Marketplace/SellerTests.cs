using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Marketplace;

public class SellerTests
{
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Sellers_have_feedback_that_is_the_same_in_each_of_their_listings_and_not_all_of_it_is_good()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { ListingsPerQuery = 500 }, clock);

        var sellers = server.OnSale("lego").Concat(server.OnSale("duplo")).GroupBy(listing => listing.Seller).ToList();

        Assert.All(sellers, seller => Assert.Single(seller.Select(listing => (listing.SellerFeedbackPercent, listing.SellerFeedbackScore)).Distinct()));
        Assert.Contains(sellers, seller => seller.First().SellerFeedbackPercent < 95);
        Assert.Contains(sellers, seller => seller.First().SellerFeedbackScore < 10);
        Assert.All(sellers, seller => Assert.InRange(seller.First().SellerFeedbackPercent, 80, 100));
    }

    [Fact]
    public async Task Business_sellers_can_be_asked_for_where_the_marketplace_tells_them_from_others()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Script("lego", [new ListingSpec("110000000001", "A", 1), new ListingSpec("110000000002", "B", 1) { SellerAccountType = "BUSINESS" }]);
        (string, string)[] query = [("q", "lego"), ("filter", "sellerAccountTypes:{BUSINESS}")];

        using var germany = await ebay.GetAsync("EBAY_DE", query);
        using var america = await ebay.GetAsync("EBAY_US", query);

        Assert.Equal("110000000002", (string?)Assert.Single((await EbayCaller.ReadAsync(germany))["itemSummaries"]!.AsArray())!["legacyItemId"]);
        Assert.Equal(400, (int)america.StatusCode);
        Assert.Equal(12014, (int?)(await EbayCaller.ReadAsync(america))["errors"]![0]!["errorId"]);
    }

    [Fact]
    public async Task A_script_for_one_marketplace_leaves_the_others_alone()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { ListingsPerQuery = 0 }, clock);
        server.Script("lego", [new ListingSpec("110000000001", "Everywhere", 1)]);
        server.Script("lego", [new ListingSpec("110000000002", "Germany", 1)], "EBAY_DE");

        Assert.Equal("Germany", Assert.Single(server.OnSale("Lego", "EBAY_DE")).Title);
        Assert.Equal("Everywhere", Assert.Single(server.OnSale("lego", "EBAY_US")).Title);
    }
}
