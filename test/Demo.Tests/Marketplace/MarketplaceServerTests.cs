using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Alerts.Demo.Loopback;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;

namespace Alerts.Demo.Tests.Marketplace;

public class MarketplaceServerTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_are_counted_by_question_however_it_is_written()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        foreach (var query in (string[])["q=lego+1&limit=20", "limit=20&q=lego%201", "q=lego+1&limit=50", "q=LEGO+2", "limit=3"])
            using (await ebay.Http.GetAsync($"buy/browse/v1/item_summary/search?{query}", Cancellation)) { }

        Assert.Equal(
            new Dictionary<string, long> { ["EBAY_US limit=20&q=lego 1"] = 2, ["EBAY_US limit=50&q=lego 1"] = 1, ["EBAY_US q=LEGO 2"] = 1 },
            server.SearchCallsByQuery);
        Assert.Equal(3, server.SearchCallsFor("Lego 1"));
        Assert.Equal(5, server.SearchCalls.Value);
        Assert.Equal(1, server.TokenCalls.Value);

        server.ResetCounters();
        Assert.Empty(server.SearchCallsByQuery);
        Assert.Equal(0, server.SearchCalls.Value);
        using (await ebay.GetAsync("EBAY_US", ("q", "lego 1"), ("limit", "20"))) { }
        Assert.Equal(1, server.SearchCallsFor("lego 1"));
    }

    [Fact]
    public async Task Calls_can_be_awaited_and_held()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        var release = new TaskCompletionSource();
        server.OnSearch = phrase => phrase == "held" ? release.Task : Task.CompletedTask;

        var held = ebay.SearchAsync(("q", "held"));
        await server.SearchCalls.WaitForAsync(1, Cancellation);
        await ebay.SearchAsync(("q", "free"));
        Assert.False(held.IsCompleted);
        release.SetResult();

        Assert.NotNull((await held)["itemSummaries"]);
    }

    [Fact]
    public async Task Counters_and_buttons_are_on_a_page_and_counters_in_JSON()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using var ebay = await new EbayCaller(server).LogInAsync();
        await ebay.SearchAsync(("q", "<lego>"));

        var page = await ebay.Http.GetStringAsync("", Cancellation);
        var listings = await ebay.Http.GetStringAsync("demo/listings?q=%3Clego%3E", Cancellation);
        var calls = (await ebay.Http.GetFromJsonAsync<JsonNode>("demo/calls", Cancellation))!;

        Assert.Contains("EBAY_US q=&lt;lego&gt;", page, StringComparison.Ordinal);
        Assert.Contains("data-fault=\"{&quot;kind&quot;:&quot;serverError&quot;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<lego>", page + listings, StringComparison.Ordinal);
        Assert.Equal(1, (long?)calls["search"]);
        Assert.Equal(4_999, (long?)calls["remaining"]);
        Assert.Equal(1, (long?)calls["byQuery"]!["EBAY_US q=<lego>"]);

        using var reset = await ebay.Http.DeleteAsync("demo/calls", Cancellation);
        Assert.Equal(0, server.SearchCalls.Value);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_setting_that_moves_it()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);

        var exception = await Assert.ThrowsAsync<PortInUseException>(
            () => MarketplaceServer.StartAsync(new MarketplaceOptions { Port = server.BaseUrl.Port }, TimeProvider.System));

        Assert.Equal($"Port {server.BaseUrl.Port} is in use; set Demo__MarketplacePort to another.", exception.Message);
    }

    [Fact]
    public async Task A_stopped_marketplace_frees_its_port_for_the_next()
    {
        var first = await MarketplaceServer.StartAsync(new MarketplaceOptions(), TimeProvider.System);
        using (var ebay = await new EbayCaller(first).LogInAsync())
            await ebay.SearchAsync(("q", "lego"));
        await first.DisposeAsync();

        await using var second = await MarketplaceServer.StartAsync(new MarketplaceOptions { Port = first.BaseUrl.Port }, TimeProvider.System);

        Assert.Equal(first.BaseUrl, second.BaseUrl);
    }
}
