using System.Net;
using Alerts.Demo.Marketplace;
using Alerts.Search;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Tests.Search;

/// <summary>eBay mints 1,000 tokens a day: whatever it refuses, they last.</summary>
public sealed class EbayTokenTests : IAsyncLifetime
{
    readonly FakeTimeProvider clock = new(new(2026, 7, 1, 7, 0, 0, TimeSpan.Zero));
    MarketplaceServer marketplace = null!;
    QuotaCluster cluster = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        marketplace = await MarketplaceServer.StartAsync(new MarketplaceOptions { DailyCallLimit = 5_000, ListingsPerQuery = 1 }, clock);
        cluster = await QuotaCluster.StartAsync(marketplace, clock, new SharedStorage(), 5_000, silos: 2);
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        await marketplace.DisposeAsync();
    }

    Task<EbayAnswer> AskAsync(int silo = 0) =>
        cluster.Searches[silo].FindAsync(SearchQuery.Parse("EBAY_US?q=thing&sort=price"), EbayOrder.Price, page: 0, isUrgent: true, Cancellation);

    [Fact]
    public async Task While_eBay_refuses_every_token_few_are_minted_and_few_calls_made()
    {
        marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Unauthorized });
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            Assert.IsNotType<EbayAnswer.Found>(await AskAsync(minute % 2));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(marketplace.TokenCalls.Value, 2, 40);
        Assert.InRange(marketplace.SearchCalls.Value, 2, 80);
        marketplace.Faults.Clear();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<EbayAnswer.Found>(await AskAsync());
    }

    [Fact]
    public async Task A_revoked_token_is_replaced_at_once()
    {
        Assert.IsType<EbayAnswer.Found>(await AskAsync());
        marketplace.RevokeTokens();
        Assert.IsType<EbayAnswer.Found>(await AskAsync());
        Assert.Equal(2, marketplace.TokenCalls.Value);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, """{"errors":[{"errorId":1001,"domain":"OAuth","message":"Invalid access token"}]}""", 2)]
    [InlineData(HttpStatusCode.Unauthorized, "", 2)]
    [InlineData(HttpStatusCode.Forbidden, """{"errors":[{"errorId":12000,"domain":"API_BROWSE","message":"no"}]}""", 1)]
    [InlineData(HttpStatusCode.Forbidden, "<html>", 1)]
    public async Task A_403_about_the_token_renews_it_like_a_401(HttpStatusCode status, string body, int tokens)
    {
        using var network = new OneAnswer((status, body), (HttpStatusCode.OK, "{}"));
        var cache = new EbayTokenCache(cluster.Grains, Options.Create(new EbayOptions { ClientId = "demo-client" }), clock);
        using var handler = new EbayAuthorizationHandler(cache) { InnerHandler = network };
        using var http = new HttpClient(handler);
        using var response = await http.GetAsync(new Uri("https://api.ebay.example/"), Cancellation);
        Assert.Equal((tokens, tokens), (network.Requests.Count, (int)marketplace.TokenCalls.Value));
        Assert.Equal(tokens == 2 ? HttpStatusCode.OK : status, response.StatusCode);
    }

    [Fact]
    public async Task A_token_endpoint_that_fails_is_left_alone_for_longer_and_longer()
    {
        marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.ServerError, Endpoint = MarketplaceEndpoint.Token });
        var first = Assert.IsType<EbayAnswer.NotAsked>(await AskAsync());
        Assert.Equal((true, clock.GetUtcNow().AddSeconds(15)), (first.IsCircuitOpen, first.Until));
        for (var second = 0; second < 6 * 3600; second += 10)
        {
            Assert.IsType<EbayAnswer.NotAsked>(await AskAsync(second / 10 % 2));
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.InRange(marketplace.TokenCalls.Value, 5, 20);
        Assert.Equal(0, marketplace.SearchCalls.Value);
        marketplace.Faults.Clear();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<EbayAnswer.Found>(await AskAsync());
    }
}
