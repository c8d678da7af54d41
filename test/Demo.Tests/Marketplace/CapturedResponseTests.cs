using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;

namespace Alerts.Demo.Tests.Marketplace;

public class CapturedResponseTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("IPHONE", "iphone-sort-price-100.json")]
    [InlineData("nvidia  rtx a5000", "rtx-a5000-best-match-3.json")]
    public async Task A_captured_response_is_served_byte_for_byte_for_its_phrase(string phrase, string file)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { SamplesDirectory = RepositoryFiles.EbaySamples }, TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();

        using var response = await ebay.GetAsync("EBAY_US", ("q", phrase), ("limit", "20"), ("sort", "price"));

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(RepositoryFiles.EbaySamples, file), Cancellation), await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task The_captured_iphone_page_has_100_items_3_without_condition_and_all_prices_converted()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { SamplesDirectory = RepositoryFiles.EbaySamples }, TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();

        var items = (await ebay.SearchAsync(("q", "iphone")))["itemSummaries"]!.AsArray();

        Assert.Equal(100, items.Count);
        Assert.Equal(3, items.Count(item => item!["condition"] is null));
        Assert.All(items, item => Assert.Equal("CAD", (string?)item!["price"]!["convertedFromCurrency"]));
    }

    [Fact]
    public async Task Beyond_a_captured_page_there_is_nothing_and_other_phrases_are_generated()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { SamplesDirectory = RepositoryFiles.EbaySamples }, TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();

        var beyond = await ebay.SearchAsync(("q", "iphone"), ("limit", "100"), ("offset", "100"));
        var other = await ebay.SearchAsync(("q", "iphone 13"), ("limit", "5"));

        Assert.Null(beyond["itemSummaries"]);
        Assert.Equal(5, other["itemSummaries"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_test_serves_a_file_for_a_phrase_and_a_script_goes_before_it()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();

        server.ServeFile("Lego", Path.Combine(RepositoryFiles.EbaySamples, "rtx-a5000-best-match-3.json"));
        Assert.Equal(3, (await ebay.SearchAsync(("q", "lego")))["itemSummaries"]!.AsArray().Count);

        server.Script("lego", [new ListingSpec("110000000001", "Lego", 1)]);
        Assert.Single((await ebay.SearchAsync(("q", "lego")))["itemSummaries"]!.AsArray());

        server.Script("lego", null);
        Assert.Equal(3, (await ebay.SearchAsync(("q", "lego")))["itemSummaries"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"itemSummaries":[]}""")]
    [InlineData("""{"href":"https://api.ebay.com/buy/browse/v1/item_summary/search?limit=3"}""")]
    public async Task A_file_that_is_no_search_response_is_named_at_the_start(string json)
    {
        var folder = Directory.CreateTempSubdirectory("alerts-samples-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "odd.json"), json, Cancellation);

            var exception = await Assert.ThrowsAsync<InvalidDataException>(
                () => MarketplaceServer.StartAsync(new MarketplaceOptions { SamplesDirectory = folder.FullName }, TimeProvider.System));

            Assert.StartsWith("odd.json has no href", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
