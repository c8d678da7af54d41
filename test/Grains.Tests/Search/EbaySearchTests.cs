using System.Diagnostics.Metrics;
using System.Net;
using Alerts.Search;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;
using Alerts.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Search;

public class EbaySearchTests
{
    const string Row = """{"itemId":"v1|1|0","legacyItemId":"1","title":"Café","price":{"value":"9","currency":"USD"},"itemWebUrl":"https://www.ebay.com/itm/1"}""";
    const string Page = $$"""{"total":2,"itemSummaries":[{{Row}},null]}""";

    static readonly SearchSettings plain = new() { Phrase = "iphone 13" };

    static Task<EbayAnswer> AskAsync(OneAnswer network, SearchSettings? search = null, EbayOrder order = EbayOrder.Price, int page = 0, string? campaign = null, string language = "en")
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var clock = new FakeTimeProvider();
        return new EbaySearch(
            network, Options.Create(new EbayOptions { AffiliateCampaignId = campaign }), new BadRows(meters, clock, NullLogger<BadRows>.Instance), clock)
            .FindAsync(SearchQuery.Of(search ?? plain, language), order, page, isUrgent: false, TestContext.Current.CancellationToken);
    }

    static string? Header(OneAnswer network, string name) => network.Requests[0].Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;

    [Theory]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=\"nonsense\"")]
    [InlineData("text/html")]
    public async Task Whatever_the_type_of_the_answer_is_called_it_is_read(string type)
    {
        var found = Assert.IsType<EbayAnswer.Found>(await AskAsync(new OneAnswer((HttpStatusCode.OK, Page)) { ContentType = type }));
        Assert.Equal("Café", Assert.Single(found.Page.Listings).Title);
        Assert.Single(found.Page.BadRows);
    }

    [Fact]
    public async Task A_byte_order_mark_before_the_answer_harms_nothing()
    {
        var found = Assert.IsType<EbayAnswer.Found>(await AskAsync(new OneAnswer((HttpStatusCode.OK, '\uFEFF' + Page))));
        Assert.Equal("Café", Assert.Single(found.Page.Listings).Title);
    }

    [Fact]
    public async Task The_query_is_sent_as_its_key_has_it()
    {
        var network = new OneAnswer((HttpStatusCode.OK, Page));
        await AskAsync(network, plain with { Marketplace = "EBAY_DE", Price = new() { Max = 5 } });
        Assert.Equal(
            "https://api.ebay.example/buy/browse/v1/item_summary/search?q=iphone%2013&sort=price&filter=price%3A%5B..5%5D%2CpriceCurrency%3AEUR&limit=100",
            network.Requests[0].RequestUri!.AbsoluteUri);
        Assert.Equal(("EBAY_DE", null), (Header(network, "X-EBAY-C-MARKETPLACE-ID"), Header(network, "X-EBAY-C-ENDUSERCTX")));

        network = new OneAnswer((HttpStatusCode.OK, Page));
        await AskAsync(network, order: EbayOrder.NewlyListed, page: 2);
        Assert.EndsWith("?q=iphone%2013&sort=newlyListed&limit=200&offset=400", network.Requests[0].RequestUri!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EBAY_CA", "fr-FR", "fr-CA"), InlineData("EBAY_CA", "en-CA", null), InlineData("EBAY_FR", "fr-FR", null)]
    public async Task A_marketplace_of_two_languages_is_asked_in_the_second_by_a_header_alone(string marketplace, string language, string? header)
    {
        var network = new OneAnswer((HttpStatusCode.OK, Page));
        await AskAsync(network, plain with { Marketplace = marketplace }, language: language);
        Assert.Equal(header, Header(network, "Accept-Language"));
        Assert.EndsWith("?q=iphone%2013&sort=price&limit=100", network.Requests[0].RequestUri!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EBay_learns_the_area_of_the_buyer_and_whose_links_they_are()
    {
        var network = new OneAnswer((HttpStatusCode.OK, Page));
        await AskAsync(network, plain with { DeliverTo = new() { Country = "US", PostalCode = "10001" } }, campaign: "5338");
        Assert.Equal("affiliateCampaignId=5338,contextualLocation=country%3DUS%2Czip%3D100", Header(network, "X-EBAY-C-ENDUSERCTX"));
    }

    [Fact]
    public async Task A_search_that_is_too_large_is_a_result_of_its_own() => Assert.IsType<EbayAnswer.TooLarge>(
        await AskAsync(new OneAnswer((HttpStatusCode.BadRequest, """{"errors":[{"errorId":12023,"domain":"API_BROWSE","message":"too large"}]}"""))));

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, "<html>", "eBay answered 502.")]
    [InlineData(HttpStatusCode.BadRequest, """{"errors":[{"errorId":12001,"message":"No keyword."}]}""", "eBay answered 400: No keyword. (12001).")]
    [InlineData(HttpStatusCode.OK, "", "eBay's answer could not be read.")]
    public async Task An_error_is_a_failure_with_eBays_reason(HttpStatusCode status, string body, string reason) =>
        Assert.Equal(reason, Assert.IsType<EbayAnswer.Failed>(await AskAsync(new OneAnswer((status, body)))).Reason);
}
