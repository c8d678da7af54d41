using System.Net;
using System.Text.Json.Nodes;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Marketplace;

public class QuotaTests
{
    const string Path = "developer/analytics/v1_beta/rate_limit/?api_context=buy&api_name=browse";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-02T08:00:00.000Z")]
    [InlineData("2026-03-02T07:59:59Z", "2026-03-02T08:00:00.000Z")]
    [InlineData("2026-03-02T08:00:00Z", "2026-03-03T08:00:00.000Z")]
    [InlineData("2026-03-08T12:00:00Z", "2026-03-09T07:00:00.000Z")]
    [InlineData("2026-11-01T12:00:00Z", "2026-11-02T08:00:00.000Z")]
    public async Task The_rate_limit_says_what_is_left_until_midnight_Pacific(string now, string reset)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        await ebay.SearchAsync(("q", "lego"));
        await ebay.SearchAsync(("q", "lego"));

        var limits = await ebay.Http.GetStringAsync(Path, Cancellation);

        var expected = $$"""
            {"rateLimits":[{"apiContext":"buy","apiName":"browse","apiVersion":"v1","resources":[{"name":"buy.browse","rates":[
            {"count":2,"limit":5000,"remaining":4998,"reset":"{{reset}}","timeWindow":86400}]}]}]}
            """;
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), JsonNode.Parse(limits)!.ToJsonString());
        Assert.Equal(1, server.RateLimitCalls.Value);
    }

    [Fact]
    public async Task When_the_day_is_used_up_searches_get_429_until_midnight_Pacific()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 7, 59, 0, TimeSpan.Zero));
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { DailyCallLimit = 2 }, clock);
        using var ebay = await new EbayCaller(server).LogInAsync();

        Assert.Equal([200, 200, 429], await StatusesAsync(ebay, 3));
        using var refused = await ebay.GetAsync("EBAY_US", ("q", "lego"));
        Assert.Equal(2001, (int?)(await EbayCaller.ReadAsync(refused))["errors"]![0]!["errorId"]);
        Assert.Null(refused.Headers.RetryAfter);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([200, 200, 429], await StatusesAsync(ebay, 3));
    }

    [Fact]
    public async Task A_test_uses_up_calls_for_another_program()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();

        server.RemainingCalls = 1;

        Assert.Equal([200, 429], await StatusesAsync(ebay, 2));
        Assert.Equal(0, server.RemainingCalls);
    }

    [Fact]
    public async Task The_rate_limit_needs_a_token_and_knows_one_api()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = new EbayCaller(server);
        using var refused = await ebay.Http.GetAsync(Path, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        await ebay.LogInAsync();
        using var other = await ebay.Http.GetAsync("developer/analytics/v1_beta/rate_limit/?api_context=sell", Cancellation);
        using var all = await ebay.Http.GetAsync("developer/analytics/v1_beta/rate_limit", Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, all.StatusCode);
    }

    static async Task<List<int>> StatusesAsync(EbayCaller ebay, int calls)
    {
        var statuses = new List<int>();
        for (var call = 0; call < calls; call++)
        {
            using var response = await ebay.GetAsync("EBAY_US", ("q", "lego"));
            statuses.Add((int)response.StatusCode);
        }
        return statuses;
    }
}
