using System.Globalization;
using System.Text.Json.Nodes;
using Alerts.Search;
using Alerts.Testing;

namespace Alerts.EndToEnd;

/// <summary>eBay's own responses, captured, read whole through the real client: HTTP, token, rows.</summary>
public sealed class CapturedResponsesTests
{
    static readonly string samples = Path.Combine(RepositoryRoot.FullPath, "test", "ebay-samples");

    [Fact]
    public async Task A_hundred_items_with_converted_prices_are_a_hundred_listings()
    {
        await using var alerts = await AlertsDriver.StartAsync(samples);

        var found = await alerts.SearchAsync("iphone");

        Assert.Equal(100, found.Listings.Length);
        Assert.Equal(7_206_380, found.Total);
        Assert.Equal(3, found.Listings.Count(listing => listing.Condition is null));
        Assert.All(found.Listings, listing => Assert.Equal(("USD", "CAD"), (listing.Price.Currency, listing.SellerPrice.Currency)));
        var first = found.Listings[0];
        Assert.Equal((385462201428, new Money(0.75m, "USD"), new Money(0.99m, "CAD")), (first.ListingNumber, first.Price, first.SellerPrice));
        Assert.Equal(new Money(0.00m, "USD"), first.Shipping);
        Assert.True(first.HasVariations);
    }

    [Fact]
    public async Task Three_items_in_the_sellers_own_currency_are_three_listings()
    {
        await using var alerts = await AlertsDriver.StartAsync(samples);

        var found = await alerts.SearchAsync("NVIDIA RTX A5000");

        Assert.Equal([296057072805, 176033835717], found.Listings.Take(2).Select(listing => listing.ListingNumber));
        Assert.Equal(3, found.Listings.Length);
        Assert.Equal(5_619, found.Total);
        Assert.All(found.Listings, listing => Assert.Equal(listing.Price, listing.SellerPrice));
    }

    [Fact]
    public async Task Another_exchange_rate_is_no_news_and_another_sellers_price_is_exactly_that_one()
    {
        await using var alerts = await AlertsDriver.StartAsync(samples);
        using var folder = new TempFolder();
        var ann = await alerts.EnrolAsync("ann@example.org", "iphone");
        await alerts.MailsAsync(1);

        var page = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(samples, "iphone-sort-price-100.json"), alerts.Cancellation))!;
        foreach (var item in page["itemSummaries"]!.AsArray())
            Multiply(item!["price"]!, "value", 0.9m);
        await ServeAsync("weaker.json");
        await alerts.TickAsync(ann);
        Assert.Equal(1, alerts.Mailbox.AcceptedCount);

        var cheaper = page["itemSummaries"]![41]!;
        Multiply(cheaper["price"]!, "convertedFromValue", 0.8m);
        await ServeAsync("cheaper.json");
        await alerts.TickAsync(ann);

        var mail = (await alerts.MailsAsync(2))[1];
        Assert.Matches(@"^[^:]+: \S+, was \S+$", mail.Subject);
        Assert.Contains($"/itm/{cheaper["legacyItemId"]}", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(2, alerts.Mailbox.AcceptedCount);

        async Task ServeAsync(string name)
        {
            await File.WriteAllTextAsync(folder[name], page.ToJsonString(), alerts.Cancellation);
            alerts.Marketplace.ServeFile("iphone", folder[name]);
        }
    }

    static void Multiply(JsonNode amount, string name, decimal factor) =>
        amount[name] = decimal.Round(decimal.Parse((string)amount[name]!, CultureInfo.InvariantCulture) * factor, 2).ToString(CultureInfo.InvariantCulture);
}
