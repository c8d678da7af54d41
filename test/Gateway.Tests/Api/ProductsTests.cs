using Alerts.Search;
using Alerts.SharedData;
using Alerts.SharedData.Products;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Api;

public class ProductsTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listing_is_shown_with_its_extremes_and_its_last_change()
    {
        await SawAsync("v1|9001|0", (0, 100), (60, 80), (120, 90));

        var product = await gateway.Admin.GetJsonAsync("/v1/products/v1%7C9001%7C0");

        Assert.Equal(("v1|9001|0", "iPhone 13"), (product.Text("itemId"), product.Text("title")));
        Assert.Equal((90m, "USD"), (product.GetProperty("sellerPrice").GetProperty("value").GetDecimal(), product.GetProperty("sellerPrice").Text("currency")));
        Assert.Equal(80m, product.GetProperty("lowest").GetProperty("price").GetProperty("value").GetDecimal());
        Assert.Equal(100m, product.GetProperty("highest").GetProperty("price").GetProperty("value").GetDecimal());
        Assert.Equal(Begin.AddMinutes(120), product.GetProperty("priceSince").GetDateTimeOffset());
        Assert.DoesNotContain("a-seller-name", product.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prices_of_a_time_begin_with_the_one_that_stood_then()
    {
        await SawAsync("v1|9002|0", (0, 100), (60, 80), (120, 90), (180, 70));

        var series = await gateway.Admin.GetJsonAsync($"/v1/products/v1%7C9002%7C0/prices?from={Moment(90)}&to={Moment(180)}");

        Assert.Equal([80m, 90m], series.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("price").GetProperty("value").GetDecimal()));
        Assert.Equal(2, series.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Many_prices_are_thinned_to_the_points_asked_for()
    {
        await SawAsync("v1|9003|0", [.. Enumerable.Range(0, 100).Select(minute => (minute, 100m + minute % 9))]);

        var series = await gateway.Admin.GetJsonAsync("/v1/products/v1%7C9003%7C0/prices?points=10");

        Assert.InRange(series.GetProperty("points").GetArrayLength(), 4, 10);
        Assert.Equal(100, series.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Any_user_may_look_and_a_stranger_may_not()
    {
        await SawAsync("v1|9004|0", (0, 100));
        var ann = await gateway.EnrolAsync();

        Assert.Equal("v1|9004|0", (await ann.Api.GetJsonAsync("/v1/products/v1%7C9004%7C0")).Text("itemId"));
        await gateway.Anonymous.GetAsync("/v1/products/v1%7C9004%7C0", Cancellation).IsAsync(401);
        await gateway.Anonymous.GetAsync("/v1/products/v1%7C9004%7C0/prices", Cancellation).IsAsync(401);
    }

    [Fact]
    public async Task What_nobody_found_is_not_found()
    {
        foreach (var id in (string[])["v1%7C9999%7C0", new('x', 65), "%27%20OR%201=1"])
        {
            await gateway.Admin.GetAsync($"/v1/products/{id}", Cancellation).IsAsync(404);
            await gateway.Admin.GetAsync($"/v1/products/{id}/prices", Cancellation).IsAsync(404);
        }
    }

    [Fact]
    public async Task A_time_that_ends_before_it_begins_and_too_few_or_many_points_are_refused_together()
    {
        Assert.Equal(["from", "points"], await gateway.Admin.GetAsync($"/v1/products/x/prices?from={Moment(2)}&to={Moment(1)}&points=3", Cancellation).IsInvalidAsync());
        Assert.Equal(["points"], await gateway.Admin.GetAsync("/v1/products/x/prices?points=1001", Cancellation).IsInvalidAsync());
    }

    [Theory]
    [InlineData("from=yesterday", "from"), InlineData("to=2026-13-01T00:00:00Z", "to"), InlineData("points=many", "points"), InlineData("points=2.5", "points")]
    public async Task What_is_no_moment_or_number_is_refused_by_name(string query, string name) =>
        Assert.Equal([name], await gateway.Admin.GetAsync($"/v1/products/x/prices?{query}", Cancellation).IsInvalidAsync());

    [Theory]
    [InlineData("2026-01-01T00:00:00Z", "0001-01-01T00:00:00Z"), InlineData("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"), InlineData("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59.9999999Z")]
    public async Task Any_moment_may_be_asked_for(string from, string to)
    {
        await SawAsync("v1|9005|0", (0, 100));
        var answer = await gateway.Admin.GetAsync($"/v1/products/v1%7C9005%7C0/prices?from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}", Cancellation);

        Assert.Contains((int)answer.StatusCode, (int[])[200, 400]);
        var before = await gateway.Admin.GetAsync($"/v1/products/v1%7C9005%7C0/prices?to={Uri.EscapeDataString(to)}", Cancellation);
        Assert.Contains((int)before.StatusCode, (int[])[200, 400]);
    }

    [Fact]
    public async Task The_page_of_an_insight_mail_shows_the_prices_while_the_listing_is_fresh()
    {
        var ann = await gateway.EnrolAsync();
        await SawAsync("v1|9006|0", (0, 100), (1300, 80.5m), (1430, 90));
        await SawAsync("v1|9007|0", (0, 100), (60, 90));

        var page = await gateway.Anonymous.GetStringAsync($"/manage/{ann.Token}/prices/v1%7C9006%7C0", Cancellation);

        Assert.Equal(["$90.00", "$80.50", "$100.00"], System.Text.RegularExpressions.Regex.Matches(page, "<td>(\\$[\\d.]+)</td>").Select(match => match.Groups[1].Value));
        Assert.Contains("<strong>iPhone 13</strong>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://www.ebay.example/itm/9000\" rel=\"noreferrer\"", page, StringComparison.Ordinal);
        Assert.Contains("Lowest seen $80.50", page, StringComparison.Ordinal);
        foreach (var path in (string[])[$"{ann.Token}/prices/v1%7C9007%7C0", $"{ann.Token}/prices/v1%7C9999%7C0", "no-token/prices/v1%7C9006%7C0"])
            Assert.Equal(404, (int)(await gateway.Anonymous.GetAsync($"/manage/{path}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_page_of_prices_leads_to_the_readers_marketplace_whichever_saw_the_listing_last()
    {
        var ann = await gateway.EnrolAsync();
        await SawInAsync("EBAY_US", "https://www.ebay.com/itm/9000", "v1|9008|0", (1420, 100));
        await SawInAsync("EBAY_HK", "https://www.ebay.com.hk/itm/9000", "v1|9008|0", (1430, 100));
        var seen = $"/manage/{ann.Token}/prices/v1%7C9008%7C0";

        Assert.Contains("href=\"https://www.ebay.com/itm/9000\"", await gateway.Anonymous.GetStringAsync(seen, Cancellation), StringComparison.Ordinal);
        var search = (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches")[0].Text("id");
        await ann.Api.PutJsonAsync($"{ann.Url}/searches/{search}", """{"phrase":"iphone 13","marketplace":"EBAY_HK"}""").IsAsync(200);
        Assert.Contains("href=\"https://www.ebay.com.hk/itm/9000\"", await gateway.Anonymous.GetStringAsync(seen, Cancellation), StringComparison.Ordinal);
        await ann.Api.PutJsonAsync($"{ann.Url}/searches/{search}", """{"phrase":"iphone 13","marketplace":"EBAY_DE"}""").IsAsync(200);
        Assert.DoesNotContain("href=\"https://www.ebay.com", await gateway.Anonymous.GetStringAsync(seen, Cancellation), StringComparison.Ordinal);
    }

    DateTimeOffset Begin => gateway.Clock.GetUtcNow().AddDays(-1);

    string Moment(int minutes) => Uri.EscapeDataString(Begin.AddMinutes(minutes).ToString("O"));

    /// <summary>Searches saw a listing at these minutes after the beginning at these prices.</summary>
    Task SawAsync(string itemId, params (int Minutes, decimal Price)[] prices) =>
        SawInAsync("EBAY_US", "https://www.ebay.example/itm/9000", itemId, prices);

    Task SawInAsync(string marketplace, string page, string itemId, params (int Minutes, decimal Price)[] prices) =>
        gateway.Services.GetRequiredService<SharedDataStore>().WriteAsync(
            WriteSet.Of([.. prices.Select(price => new ProductBatch
            {
                Query = $"{marketplace}?q=iphone%2013&sort=price",
                Marketplace = marketplace,
                ObservedAt = Begin.AddMinutes(price.Minutes),
                Listings =
                [
                    new RankedListing(0, new Listing
                    {
                        ItemId = itemId, ListingNumber = 9000, Title = "iPhone 13", Price = new(price.Price, "USD"), SellerPrice = new(price.Price, "USD"),
                        Url = page, Seller = "a-seller-name",
                    }),
                ],
            })]),
            Cancellation);
}
