using System.Globalization;
using System.Text;
using Alerts.Demo.Faults;
using Alerts.Demo.Loopback;

namespace Alerts.Demo.Marketplace;

/// <summary>What people see of the marketplace: its own page with counters and faults, what a phrase has on sale, a listing and its picture.</summary>
sealed class MarketplacePages(MarketplaceServer server, Market market)
{
    const int MaxQueriesShown = 50;

    static readonly (string Label, MarketplaceFault Fault)[] Presets =
    [
        ("401, once", new MarketplaceFault { Kind = MarketplaceFaultKind.Unauthorized, Times = 1 }),
        ("429 with Retry-After 5 s, once", new MarketplaceFault { Kind = MarketplaceFaultKind.TooManyRequests, RetryAfter = TimeSpan.FromSeconds(5), Times = 1 }),
        ("429, 3 times", new MarketplaceFault { Kind = MarketplaceFaultKind.TooManyRequests, Times = 3 }),
        ("500, 3 times", new MarketplaceFault { Kind = MarketplaceFaultKind.ServerError, Times = 3 }),
        ("Slow by 10 s, 3 times", new MarketplaceFault { Kind = MarketplaceFaultKind.Slow, Delay = TimeSpan.FromSeconds(10), Times = 3 }),
        ("400, the result is too large, 3 times", new MarketplaceFault { Kind = MarketplaceFaultKind.TooLarge, Times = 3 }),
        ("Broken JSON, once", new MarketplaceFault { Kind = MarketplaceFaultKind.Malformed, Times = 1 }),
        ("200 with a filter warning, once", new MarketplaceFault { Kind = MarketplaceFaultKind.Warning, Times = 1 }),
        ("Down: reset every connection", new MarketplaceFault { Kind = MarketplaceFaultKind.Reset }),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", IndexAsync);
        routes.MapGet("/demo/calls", CallsAsync);
        routes.MapDelete("/demo/calls", context =>
        {
            server.ResetCounters();
            return CallsAsync(context);
        });
        routes.MapGet("/demo/listings", ListingsAsync);
        routes.MapGet("/demo/market.json", MarketAsync);
        routes.MapGet("/itm/{id}", ListingAsync);
        routes.MapGet("/images/{id}.png", ImageAsync);
    }

    Task IndexAsync(HttpContext context)
    {
        var queries = new StringBuilder();
        foreach (var (query, count) in server.SearchCallsByQuery.OrderByDescending(query => query.Value).ThenBy(query => query.Key).Take(MaxQueriesShown))
            queries.Append(CultureInfo.InvariantCulture, $"""<tr><td class="mono">{Page.Encode(query)}</td><td class="right">{count:N0}</td></tr>""");
        var none = queries.Length > 0 ? "" : """<tr><td class="soft" colspan="2">None yet.</td></tr>""";
        return Page.WriteAsync(context, "Demo marketplace", $"""
            <div data-live="/demo/calls">
            {Page.Top("Demo marketplace", "Stands in for eBay: OAuth token, Browse search and rate limits, with listings made up here. No call leaves this computer.")}
            </div>
            <main>
            <div class="figures" data-part="figures">
            {Figure("searches", server.SearchCalls.Value)}{Figure("tokens", server.TokenCalls.Value)}
            {Figure("rate limit reads", server.RateLimitCalls.Value)}{Figure("searches left today", server.RemainingCalls)}
            </div>
            <h2>What is on sale</h2>
            <form class="row" action="/demo/listings"><input type="search" name="q" aria-label="Phrase" placeholder="iphone 13" maxlength="100" required><button>Look</button></form>
            {Served()}
            <h2>Make it misbehave</h2>
            {FaultPanel.Html(server.Faults, "phrase", Presets)}
            <h2>Searches asked for</h2>
            <div class="card" data-part="queries"><table><thead><tr><th>Query</th><th class="right">Calls</th></tr></thead><tbody>{queries}{none}</tbody></table></div>
            </main>
            """);
    }

    string Served() => market.ServedPhrases is { Count: > 0 } phrases
        ? $"""<p class="soft">Captured or scripted: {Page.Encode(string.Join(", ", phrases))}.</p>"""
        : "";

    static string Figure(string name, long value) =>
        string.Create(CultureInfo.InvariantCulture, $"""<div class="card"><b>{value:N0}</b><span class="soft">{name}</span></div>""");

    Task CallsAsync(HttpContext context) => context.Response.WriteAsJsonAsync(new
    {
        search = server.SearchCalls.Value,
        token = server.TokenCalls.Value,
        rateLimit = server.RateLimitCalls.Value,
        remaining = server.RemainingCalls,
        byQuery = server.SearchCallsByQuery,
    });

    Task ListingsAsync(HttpContext context)
    {
        var phrase = context.Request.Query["q"].ToString();
        var rows = new StringBuilder();
        foreach (var listing in market.OnSale(phrase))
        {
            rows.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><img src="/images/{Page.Encode(listing.LegacyItemId)}.png" alt="" width="56" height="56" loading="lazy"></td>
                <td><a href="/itm/{Page.Encode(listing.LegacyItemId)}">{Page.Encode(listing.Title)}</a><br>
                <span class="soft">{Page.Encode(Details(listing))}</span></td>
                <td class="right nowrap">{Page.Encode(Money(listing.CurrentPrice, listing.Currency))}<br><span class="soft">{Page.Encode(Shipping(listing))}</span></td></tr>
                """);
        }
        var content = rows.Length > 0 ? $"""<table class="listings"><tbody>{rows}</tbody></table>""" : """<p class="pad soft">Nothing here: not made up but captured, or nothing is on sale.</p>""";
        return Page.WriteAsync(context, $"On sale: {phrase}", $"""
            {Page.Top($"On sale: {phrase}", """<a href="/">← Demo marketplace</a> · EBAY_US, everything, now""")}
            <main><div class="card">{content}</div></main>
            """);
    }

    /// <summary>The truth, for a program that compares it with mails: everything on sale, whatever a search would show of it.</summary>
    Task MarketAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(market.OnSale(context.Request.Query["q"].ToString(), context.Request.Query["marketplace"].ToString()));

    Task ListingAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (market.Shown(id) is not { } listing)
            return Page.WriteAsync(context, "No such listing", $"{Page.Top("No such listing", "It was never in an answer of this run, or long ago.")}", StatusCodes.Status404NotFound);
        var seller = listing.ConvertedFromValue is null ? "" : $"""<p class="soft">The seller asks {Page.Encode(Money(listing.ConvertedFromValue, listing.ConvertedFromCurrency!))}.</p>""";
        var before = listing.OriginalPrice is null ? "" : $"<del>{Page.Encode(Money(listing.OriginalPrice, listing.Currency))}</del>";
        return Page.WriteAsync(context, listing.Title, $"""
            {Page.Top(listing.Title, $"A made-up listing of the demo marketplace · item {Page.Encode(listing.LegacyItemId)}")}
            <main><div class="card listing"><img src="/images/{Page.Encode(listing.LegacyItemId)}.png" alt="" width="224" height="224">
            <div><p class="price">{Page.Encode(Money(listing.CurrentPrice, listing.Currency))} {before}</p>{seller}
            <p>{Page.Encode(Shipping(listing))}</p><p>{Page.Encode(Details(listing))}</p></div></div></main>
            """);
    }

    static async Task ImageAsync(HttpContext context)
    {
        context.Response.ContentType = "image/png";
        context.Response.Headers.CacheControl = "public, max-age=86400";
        await context.Response.Body.WriteAsync(ListingImage.Png((string)context.Request.RouteValues["id"]!), context.RequestAborted);
    }

    static string Details(ListingSpec listing)
    {
        List<string> details =
        [
            listing.ConditionId is { } id ? Condition.Name(id) : "No condition", .. listing.BuyingOptions, $"from {listing.Country} {listing.PostalCode}".TrimEnd(),
            string.Create(CultureInfo.InvariantCulture, $"{listing.Seller} ({listing.SellerFeedbackScore:N0}) {listing.SellerFeedbackPercent:0.0} %"),
        ];
        if (listing.HasLocalPickup)
            details.Add("may be collected");
        if (listing.BidCount is { } bids)
            details.Add(string.Create(CultureInfo.InvariantCulture, $"{bids} bids, ends {listing.EndsAt:u}"));
        if (listing.IsVariationGroup)
            details.Add("with variations");
        return string.Join(" · ", details);
    }

    static string Shipping(ListingSpec listing) => listing switch
    {
        { ShippingCostType: null } => "",
        { ShippingCost: null } => "shipping calculated",
        { ShippingCost: 0 } => "free shipping",
        _ => $"+ {Money(listing.ShippingCost, listing.Currency)} shipping",
    };

    static string Money(decimal? amount, string currency) =>
        amount is null ? "no price" : string.Create(CultureInfo.InvariantCulture, $"{currency} {amount:N2}");
}
