using Alerts.Demo.Faults;
using Alerts.Demo.Loopback;

namespace Alerts.Demo.Marketplace;

/// <summary>
/// eBay as far as this product sees it, over real HTTP on 127.0.0.1: token, Browse search, rate limits. Its world is generated,
/// captured or scripted, and it misbehaves on demand. Safe to use from many threads.
/// </summary>
public sealed class MarketplaceServer : IAsyncDisposable
{
    readonly Market market;
    readonly SearchCache cache;
    readonly SearchEndpoint search;
    readonly TokenEndpoint token;
    readonly RateLimitEndpoint rateLimit;
    readonly AccessTokens tokens;
    readonly DailyQuota quota;
    WebApplication? app;

    MarketplaceServer(MarketplaceOptions options, TimeProvider clock, Uri baseUrl)
    {
        BaseUrl = baseUrl;
        market = new Market(options, clock);
        cache = new SearchCache(market, options.CacheBytes);
        tokens = new AccessTokens(options.AccessTokenLifetime, clock);
        quota = new DailyQuota(options.DailyCallLimit, clock);
        var gate = new FaultGate(Faults);
        search = new SearchEndpoint(cache, tokens, quota, gate, baseUrl.ToString());
        token = new TokenEndpoint(options, tokens, gate);
        rateLimit = new RateLimitEndpoint(tokens, quota, gate);
    }

    /// <summary>Where eBay's paths begin; ends in a slash.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The misbehaviour asked for.</summary>
    public FaultBoard<MarketplaceFault> Faults { get; } = new();

    /// <summary>Searches asked for, refused ones too; can be awaited.</summary>
    public AwaitableCounter SearchCalls => search.Calls;

    /// <summary>Tokens asked for, refused ones too; can be awaited.</summary>
    public AwaitableCounter TokenCalls => token.Calls;

    /// <summary>Times the rate limits were asked for; can be awaited.</summary>
    public AwaitableCounter RateLimitCalls => rateLimit.Calls;

    /// <summary>Searches by marketplace and parameters in the order of their names, such as <c>EBAY_US limit=20&amp;q=iphone</c>; a copy.</summary>
    public IReadOnlyDictionary<string, long> SearchCallsByQuery => cache.Counts;

    /// <summary>Calls left today; setting it stands for another program that shares the key set.</summary>
    public int RemainingCalls
    {
        get => quota.Read().Remaining;
        set => quota.SetRemaining(value);
    }

    /// <summary>Awaited by every search with its phrase before anything is decided, so that a test can hold it there; null: none.</summary>
    public Func<string, Task>? OnSearch
    {
        get => search.Hook;
        set => search.Hook = value;
    }

    /// <summary>Starts listening.</summary>
    /// <exception cref="PortInUseException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">A captured file is no Browse response.</exception>
    public static async Task<MarketplaceServer> StartAsync(MarketplaceOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        var bound = LoopbackPort.Bind(options.Port, options.PortSetting, options.Address);
        try
        {
            var server = new MarketplaceServer(options, clock, new Uri($"http://127.0.0.1:{LoopbackPort.Of(bound)}/"));
            server.app = await LoopbackHost.StartAsync(bound, server.Map);
            return server;
        }
        catch
        {
            bound.Dispose();
            throw;
        }
    }

    /// <summary>Sets what is on sale for a phrase from now on, in any case; filters, order and pages apply to it. Null: the world as before.</summary>
    /// <param name="phrase">The phrase.</param>
    /// <param name="listings">What is on sale; auctions among them leave when they end.</param>
    /// <param name="marketplaceId">The marketplace it is on sale in, such as <c>EBAY_DE</c>; null: in all that have no script of their own.</param>
    public void Script(string phrase, IReadOnlyList<ListingSpec>? listings, string? marketplaceId = null) => market.Script(phrase, listings, marketplaceId);

    /// <summary>What is on sale now for a phrase, whatever a search would show of it; empty for one with a captured response.</summary>
    public IReadOnlyList<ListingSpec> OnSale(string phrase, string? marketplaceId = null) => market.OnSale(phrase, marketplaceId);

    /// <summary>Serves a captured response for a phrase from now on, whole: filters, order and limit do not apply to it.</summary>
    public void ServeFile(string phrase, string path) => market.ServeFile(phrase, path);

    /// <summary>Searches for a phrase in any case, whatever the other parameters.</summary>
    public long SearchCallsFor(string phrase) => cache.CountOf(phrase);

    /// <summary>All counters start again at zero.</summary>
    public void ResetCounters()
    {
        search.Calls.Reset();
        token.Calls.Reset();
        rateLimit.Calls.Reset();
        cache.ResetCounts();
    }

    /// <summary>Every token issued so far is refused with 401 from now on.</summary>
    public void RevokeTokens() => tokens.RevokeAll();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    void Map(WebApplication routes)
    {
        routes.MapGet("/buy/browse/v1/item_summary/search", search.HandleAsync);
        routes.MapPost("/identity/v1/oauth2/token", token.HandleAsync);
        routes.MapGet("/developer/analytics/v1_beta/rate_limit", rateLimit.HandleAsync);
        routes.MapFaults(Faults);
        routes.MapAssets();
        new MarketplacePages(this, market).Map(routes);
    }
}
