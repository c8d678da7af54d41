using System.Globalization;
using System.Text.Json.Nodes;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Marketplace;

public class GeneratedWorldTests
{
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_seed_phrase_and_time_are_the_same_world_and_any_other_is_another()
    {
        var first = await ItemsAsync(1, "lego", "EBAY_US");

        Assert.Equal(Text(first), Text(await ItemsAsync(1, "lego", "EBAY_US")));
        Assert.Empty(Ids(first).Intersect(Ids(await ItemsAsync(2, "lego", "EBAY_US"))));
        Assert.Empty(Ids(first).Intersect(Ids(await ItemsAsync(1, "lego 2", "EBAY_US"))));
        Assert.Empty(Ids(first).Intersect(Ids(await ItemsAsync(1, "lego", "EBAY_GB"))));

        static string Text(JsonArray items) => string.Join('\n', items.Select(item => $"{item!["itemId"]} {item["title"]} {item["price"]?["value"]}"));
    }

    [Fact]
    public async Task The_world_stands_still_for_a_period_and_then_a_few_prices_and_listings_change()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { ListingsPerQuery = 200 }, clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        var before = await ebay.SearchAsync(Everything("lego"));

        clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(before.ToJsonString(), (await ebay.SearchAsync(Everything("lego"))).ToJsonString());

        clock.Advance(TimeSpan.FromSeconds(1));
        var after = await ebay.SearchAsync(Everything("lego"));
        var prices = before["itemSummaries"]!.AsArray().ToDictionary(item => (string)item!["itemId"]!, SellersPrice);
        var stayed = after["itemSummaries"]!.AsArray().Where(item => prices.ContainsKey((string)item!["itemId"]!)).ToList();
        Assert.InRange(stayed.Count, 180, 199);
        Assert.InRange(stayed.Count(item => SellersPrice(item) != prices[(string)item!["itemId"]!]), 5, 60);
    }

    [Fact]
    public async Task A_day_shows_every_kind_of_listing_and_of_change()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { ListingsPerQuery = 200 }, clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        var seen = new Dictionary<string, JsonNode>();
        int rateOnly = 0, drops = 0, rises = 0, bids = 0;
        for (var slot = 0; slot < 60; slot++)
        {
            foreach (var item in (await ebay.SearchAsync(Everything("lego")))["itemSummaries"]!.AsArray())
            {
                var id = (string)item!["itemId"]!;
                if (seen.TryGetValue(id, out var last))
                {
                    var (was, now) = (SellersPrice(last), SellersPrice(item));
                    drops += now < was && item["bidCount"] is null ? 1 : 0;
                    rises += now > was && item["bidCount"] is null ? 1 : 0;
                    bids += (int?)item["bidCount"] > (int?)last["bidCount"] ? 1 : 0;
                    rateOnly += now == was && (string?)item["price"]?["value"] != (string?)last["price"]?["value"] ? 1 : 0;
                    Assert.Equal((string?)last["title"], (string?)item["title"]);
                    Assert.Equal((string?)last["itemCreationDate"], (string?)item["itemCreationDate"]);
                }
                seen[id] = item;
            }
            clock.Advance(TimeSpan.FromMinutes(2));
            await ebay.LogInAsync();
        }

        Assert.All((int[])[rateOnly, drops, rises, bids], count => Assert.True(count > 20));
        Assert.True(drops > rises);
        foreach (var shape in Shapes)
            Assert.Contains(seen.Values, shape);
        Assert.All(seen.Values, item => Assert.InRange(((string)item["title"]!).Length, 4, 80));
        Assert.All(seen.Values, item => Assert.True(SellersPrice(item) > 0));
    }

    [Fact]
    public async Task A_script_may_change_at_any_time()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        foreach (var price in (decimal[])[3, 2, 1])
        {
            server.Script("lego", [new ListingSpec("110000000001", "Lego", price)]);
            Assert.Equal(price, SellersPrice((await ebay.SearchAsync(("q", "lego")))["itemSummaries"]![0]));
        }
    }

    [Fact]
    public async Task A_full_cache_is_dropped_and_the_answers_stay_right()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { CacheBytes = 100_000 }, clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        var first = await ebay.SearchAsync(("q", "lego 0"));
        for (var phrase = 1; phrase < 20; phrase++)
            await ebay.SearchAsync(("q", $"lego {phrase}"));

        Assert.Equal(first.ToJsonString(), (await ebay.SearchAsync(("q", "lego 0"))).ToJsonString());
        Assert.Equal(2, server.SearchCallsFor("LEGO 0"));
    }

    [Fact]
    public async Task A_listing_has_a_page_and_a_picture_that_is_a_whole_PNG()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        var item = (await ebay.SearchAsync(("q", "<lego>")))["itemSummaries"]![0]!;

        var page = await ebay.Http.GetStringAsync((string)item["itemWebUrl"]!, Cancellation);
        var png = await ebay.Http.GetByteArrayAsync((string)item["image"]!["imageUrl"]!, Cancellation);

        Assert.Contains("&lt;lego&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<lego>", page, StringComparison.Ordinal);
        PngReader.AssertWhole(png, 224, 224);
        using var missing = await ebay.Http.GetAsync("itm/110000000009", Cancellation);
        Assert.Equal(404, (int)missing.StatusCode);
    }

    static readonly Predicate<JsonNode>[] Shapes =
    [
        item => item["currentBidPrice"] is not null && item["price"] is null && item["itemEndDate"] is not null,
        item => item["currentBidPrice"] is not null && item["price"] is not null,
        item => item["condition"] is null,
        item => item["shippingOptions"] is null,
        item => item["shippingOptions"] is not null && item["shippingOptions"]![0]!["shippingCost"] is null,
        item => item["itemGroupType"] is not null,
        item => item["marketingPrice"] is not null,
        item => (string?)item["price"]?["convertedFromCurrency"] == "JPY",
        item => item["buyingOptions"]!.AsArray().Count == 2,
        item => ((string)item["title"]!).Contains('<', StringComparison.Ordinal),
    ];

    static (string, string)[] Everything(string phrase) => [("q", phrase), ("limit", "200"), ("filter", "buyingOptions:{FIXED_PRICE|AUCTION}")];

    static decimal SellersPrice(JsonNode? item) => decimal.Parse(
        (string)(item!["currentBidPrice"]?["value"] ?? item["price"]!["convertedFromValue"] ?? item["price"]!["value"])!, CultureInfo.InvariantCulture);

    static IEnumerable<string> Ids(JsonArray items) => items.Select(item => (string)item!["itemId"]!);

    async Task<JsonArray> ItemsAsync(int seed, string phrase, string marketplace)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { Seed = seed }, clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        using var response = await ebay.GetAsync(marketplace, Everything(phrase));
        return (await EbayCaller.ReadAsync(response))["itemSummaries"]!.AsArray();
    }
}
