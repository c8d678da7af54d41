using AngleSharp.Dom;
using Alerts.Demo.Marketplace;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>The page of a search says of each listing what became of it.</summary>
public sealed class MarkedListingsTests
{
    const string Phrase = "bass trumpet";

    static ListingSpec Thing(int number, decimal price = 50) => new($"{450_000_000_000 + number}", $"Bass trumpet {number}", price) { ShippingCost = 5 };

    [Fact]
    public async Task Listings_are_marked_new_cheaper_and_ended_with_when_they_were_told_and_a_line_of_prices()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Marketplace.Script(Phrase, [Thing(1), Thing(2), Thing(3)]);
        using var web = new WebPerson(gateway.Address);
        var email = TestGateway.NewEmail();
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", Phrase));
        await web.PressAsync("Watch it", ("email", email));
        await gateway.MailToAsync(email);
        var id = (await gateway.Admin.FindUserAsync(email)).Text("id");
        await PriceIsAsync(gateway, 50);

        gateway.Clock.Advance(TimeSpan.FromMinutes(30));
        var ends = gateway.Clock.GetUtcNow().AddMinutes(5);
        gateway.Marketplace.Script(Phrase, [Thing(1, 40), Thing(3), Thing(4) with { CreatedAt = gateway.Clock.GetUtcNow() }, Thing(5) with { EndsAt = ends }]);
        await gateway.TickAsync(id);
        await gateway.MailToAsync(email, mail => mail.TextBody!.Contains("Bass trumpet 4", StringComparison.Ordinal));
        await PriceIsAsync(gateway, 40);
        gateway.Clock.Advance(TimeSpan.FromMinutes(6));
        await web.GoAsync("/alerts");
        await web.FollowAsync(Phrase);

        Assert.Equal(["Bass trumpet 1: price down", "Bass trumpet 4: new", "Bass trumpet 5: ended"], Marks(web).Order());
        var cheaper = web.Page.QuerySelectorAll("li.listing").Single(item => item.TextContent.Contains("Bass trumpet 1", StringComparison.Ordinal));
        Assert.Equal("$50.00", cheaper.QuerySelector("s.was")!.TextContent);
        Assert.NotNull(cheaper.QuerySelector("svg.chart.small"));
        Assert.Contains("$45.00 in all", cheaper.TextContent, StringComparison.Ordinal);
        Assert.Contains("Told ", cheaper.TextContent, StringComparison.Ordinal);
        var gone = web.Page.QuerySelectorAll("details a").Single(link => link.TextContent == "450000000002");
        Assert.Equal("https://www.ebay.com/itm/450000000002", gone.GetAttribute("href"));
        Assert.DoesNotContain("Bass trumpet 2", web.Text, StringComparison.Ordinal);

        await web.GoAsync("/alerts");
        Assert.Contains("Bass trumpet 1: price down", Marks(web));
        Assert.Equal("Bass trumpet 4: new", Marks(web)[0]);
    }

    static string[] Marks(WebPerson web) =>
    [
        .. from item in web.Page.QuerySelectorAll("li.listing")
           from mark in item.QuerySelectorAll(".badge")
           select $"{item.QuerySelector("h3")!.TextContent.Trim()}: {mark.TextContent}",
    ];

    /// <summary>Waits until the shared database has the price, whose stream the clock moves.</summary>
    static Task<decimal> PriceIsAsync(TestGateway gateway, decimal price) => gateway.UntilAsync(
        async () =>
        {
            gateway.Clock.Advance(TimeSpan.FromMilliseconds(100));
            using var answer = await gateway.Admin.GetAsync($"/v1/products/{Uri.EscapeDataString("v1|450000000001|0")}", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode
                ? System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("sellerPrice").GetProperty("value").GetDecimal()
                : 0;
        },
        found => found == price);
}
