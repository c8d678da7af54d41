using System.Text.Json.Nodes;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Marketplace;

public class RefinementTests
{
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Field_groups_count_what_matches_by_category_condition_and_aspect_instead_of_listing_it()
    {
        await using var server = await ServerAsync();
        using var ebay = await new EbayCaller(server).LogInAsync();

        var page = await ebay.SearchAsync(("q", "lego"), ("fieldgroups", "ASPECT_REFINEMENTS,CATEGORY_REFINEMENTS,CONDITION_REFINEMENTS"));

        Assert.Null(page["itemSummaries"]);
        Assert.Equal(3, (int?)page["total"]);
        Assert.Equal(JsonNode.Parse("""
            {"dominantCategoryId":"1",
            "categoryDistributions":[{"categoryId":"1","categoryName":"Category 1","matchCount":2},{"categoryId":"2","categoryName":"Category 2","matchCount":1}],
            "conditionDistributions":[{"condition":"Used","conditionId":"3000","matchCount":2},{"condition":"New","conditionId":"1000","matchCount":1}],
            "aspectDistributions":[{"localizedAspectName":"Color","aspectValueDistributions":[{"localizedAspectValue":"Red","matchCount":2},{"localizedAspectValue":"Blue","matchCount":1}]}]}
            """)!.ToJsonString(), page["refinement"]!.ToJsonString());
    }

    [Fact]
    public async Task An_aspect_narrows_a_search_in_its_category()
    {
        await using var server = await ServerAsync();
        using var ebay = await new EbayCaller(server).LogInAsync();

        var page = await ebay.SearchAsync(("q", "lego"), ("category_ids", "1"), ("aspect_filter", "categoryId:1,Color:{Red|Green}"));

        Assert.Equal("110000000001", (string?)Assert.Single(page["itemSummaries"]!.AsArray())!["legacyItemId"]);
    }

    [Fact]
    public async Task An_aspect_without_its_category_refuses_the_call()
    {
        await using var server = await ServerAsync();
        using var ebay = await new EbayCaller(server).LogInAsync();

        using var response = await ebay.GetAsync("EBAY_US", ("q", "lego"), ("aspect_filter", "categoryId:1,Color:{Red}"));

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(12017, (int?)(await EbayCaller.ReadAsync(response))["errors"]![0]!["errorId"]);
    }

    async Task<MarketplaceServer> ServerAsync()
    {
        var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        server.Script("lego",
        [
            new ListingSpec("110000000001", "Lego", 10) { CategoryId = "1", ConditionId = 3000, Aspects = Colour("Red") },
            new ListingSpec("110000000002", "Lego", 11) { CategoryId = "1", ConditionId = 3000, Aspects = Colour("Blue") },
            new ListingSpec("110000000003", "Lego", 12) { CategoryId = "2", ConditionId = 1000, Aspects = Colour("Red") },
        ]);
        return server;

        static Dictionary<string, string> Colour(string name) => new() { ["Color"] = name };
    }
}
