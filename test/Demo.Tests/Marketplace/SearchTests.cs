using System.Net;
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

        var page = await ebay.SearchAsync(("q", "Lego 10497"), ("limit", "20"));

        Assert.Equal($"{server.BaseUrl}buy/browse/v1/item_summary/search?q=Lego+10497&limit=20&offset=0", (string?)page["href"]);
        Assert.Equal($"{server.BaseUrl}buy/browse/v1/item_summary/search?q=Lego+10497&limit=20&offset=20", (string?)page["next"]);
        var items = page["itemSummaries"]!.AsArray();
        Assert.Equal(20, items.Count);
        Assert.All(items, item =>
        {
            Assert.Contains("lego 10497", (string)item!["title"]!, StringComparison.OrdinalIgnoreCase);
            Assert.Matches(@"^v1\|\d{12}\|\d+$", (string)item["itemId"]!);
            Assert.Matches(@"^\d+\.\d\d$", (string)item["price"]!["value"]!);
        });
    }

    [Theory]
    [InlineData("IPHONE", 100)]
    [InlineData("nvidia rtx a5000", 3)]
    public async Task Captured_responses_are_served_whole_for_their_phrase(string phrase, int items)
    {
        var options = new MarketplaceOptions { SamplesDirectory = RepositoryFiles.EbaySamples };
        await using var server = await MarketplaceServer.StartAsync(options, clock);
        using var ebay = await new EbayCaller(server).LogInAsync();

        var page = await ebay.SearchAsync(("q", phrase), ("limit", "20"), ("sort", "price"));

        Assert.Equal(items, page["itemSummaries"]!.AsArray().Count);
    }

    [Fact]
    public async Task Without_a_token_a_search_is_refused_with_eBays_error()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = new EbayCaller(server);

        using var response = await ebay.GetAsync("EBAY_US", ("q", "lego"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(1002, (int?)(await EbayCaller.ReadAsync(response))["errors"]![0]!["errorId"]);
    }
}
