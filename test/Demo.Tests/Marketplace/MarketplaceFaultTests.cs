using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;

namespace Alerts.Demo.Tests.Marketplace;

public class MarketplaceFaultTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MarketplaceFaultKind.Unauthorized, 401, 1001)]
    [InlineData(MarketplaceFaultKind.TooManyRequests, 429, 2001)]
    [InlineData(MarketplaceFaultKind.ServerError, 500, 12000)]
    public async Task A_fault_answers_with_its_error_so_often_and_then_all_is_well(MarketplaceFaultKind kind, int status, int error)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Faults.Add(new MarketplaceFault { Kind = kind, Times = 2 });

        for (var time = 0; time < 2; time++)
        {
            using var response = await ebay.GetAsync("EBAY_US", ("q", "lego"));
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(error, (int?)(await EbayCaller.ReadAsync(response))["errors"]![0]!["errorId"]);
            Assert.Null(response.Headers.RetryAfter);
        }
        using var well = await ebay.GetAsync("EBAY_US", ("q", "lego"));

        Assert.Equal(HttpStatusCode.OK, well.StatusCode);
        Assert.Equal(2, server.Faults.Struck.Value);
    }

    [Fact]
    public async Task A_429_may_say_when_to_come_back()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.TooManyRequests, RetryAfter = TimeSpan.FromSeconds(7) });

        using var response = await ebay.GetAsync("EBAY_US", ("q", "lego"));

        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Malformed_is_200_with_JSON_that_breaks_off()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Malformed });

        using var response = await ebay.GetAsync("EBAY_US", ("q", "lego"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<JsonException>(() => EbayCaller.ReadAsync(response));
    }

    [Fact]
    public async Task A_filter_warning_comes_with_rows_that_are_not_filtered()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Script("lego", [new ListingSpec("110000000001", "cheap", 1), new ListingSpec("110000000002", "dear", 100)]);
        server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Warning, Times = 1 });
        (string, string)[] query = [("q", "lego"), ("filter", "price:[50],priceCurrency:USD")];

        var warned = await ebay.SearchAsync(query);
        var well = await ebay.SearchAsync(query);

        Assert.Equal(12002, (int?)warned["warnings"]![0]!["errorId"]);
        Assert.Equal(2, (int?)warned["total"]);
        Assert.Null(well["warnings"]);
        Assert.Equal(1, (int?)well["total"]);
    }

    [Fact]
    public async Task A_reset_leaves_the_caller_without_an_answer()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Reset });

        await Assert.ThrowsAsync<HttpRequestException>(() => ebay.GetAsync("EBAY_US", ("q", "lego")));
    }

    [Fact]
    public async Task A_slow_answer_waits_until_the_caller_gives_up()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Slow, Delay = TimeSpan.FromMinutes(10) });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = ebay.Http.GetAsync("buy/browse/v1/item_summary/search?q=lego", patience.Token);
        await server.Faults.Struck.WaitForAsync(1, Cancellation);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_fault_for_one_phrase_leaves_the_others_alone()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.ServerError, Phrase = "iPhone 13" });

        using var other = await ebay.GetAsync("EBAY_US", ("q", "lego"));
        using var struck = await ebay.GetAsync("EBAY_US", ("q", "IPHONE  13"));

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, struck.StatusCode);
    }

    [Fact]
    public async Task The_token_and_the_rate_limit_have_faults_of_their_own()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Unauthorized, Endpoint = MarketplaceEndpoint.Token });
        server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.ServerError, Endpoint = MarketplaceEndpoint.RateLimit });

        using var token = await ebay.AskForTokenAsync();
        using var limits = await ebay.Http.GetAsync("developer/analytics/v1_beta/rate_limit/", Cancellation);
        using var search = await ebay.GetAsync("EBAY_US", ("q", "lego"));

        Assert.Equal("invalid_client", (string?)(await EbayCaller.ReadAsync(token))["error"]);
        Assert.Equal(HttpStatusCode.InternalServerError, limits.StatusCode);
        Assert.Equal(HttpStatusCode.OK, search.StatusCode);
    }

    [Fact]
    public async Task Faults_are_asked_for_over_HTTP()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.BaseUrl };

        await http.PutAsJsonAsync("demo/faults", new[] { new { kind = "tooManyRequests", retryAfter = "00:00:05", times = 3, phrase = "lego" } }, Cancellation);

        Assert.Equal(
            new MarketplaceFault { Kind = MarketplaceFaultKind.TooManyRequests, RetryAfter = TimeSpan.FromSeconds(5), Times = 3, Phrase = "lego" },
            Assert.Single(server.Faults.Active));
        await http.DeleteAsync("demo/faults", Cancellation);
        Assert.Empty(server.Faults.Active);
    }

    [Theory]
    [InlineData("""{"kind":"slow"}""")]
    [InlineData("""{"kind":"slow","delay":"-00:00:01"}""")]
    [InlineData("""{"kind":"reset","endpoint":"token","phrase":"lego"}""")]
    [InlineData("""{"kind":"warning","endpoint":"token"}""")]
    [InlineData("""{"kind":"tooManyRequests","retryAfter":"01:00:00"}""")]
    [InlineData("""{"kind":"sulk"}""")]
    public async Task A_fault_that_makes_no_sense_is_refused(string json)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var http = new HttpClient { BaseAddress = server.BaseUrl };
        using var content = new StringContent(json, null, "application/json");

        using var response = await http.PostAsync("demo/faults", content, Cancellation);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.NotEmpty((string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!["error"]!);
        Assert.Empty(server.Faults.Active);
    }

    [Fact]
    public async Task More_faults_than_fit_are_refused()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        for (var fault = 0; fault < 100; fault++)
            server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Reset });

        Assert.Throws<ArgumentException>(() => server.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Reset }));
    }
}
