using Alerts.Demo.Faults;

namespace Alerts.Demo.Marketplace;

/// <summary>GET /buy/browse/v1/item_summary/search.</summary>
sealed class SearchEndpoint(SearchCache cache, AccessTokens tokens, DailyQuota quota, FaultGate faults, string root)
{
    const string Bearer = "Bearer ";

    public AwaitableCounter Calls { get; } = new();

    public Func<string, Task>? Hook { get; set; }

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var site = MarketplaceSite.Of(request.Headers["X-EBAY-C-MARKETPLACE-ID"]);
        var entry = cache.Find(request.QueryString.Value ?? "", site, BuyerContext.Of(request.Headers["X-EBAY-C-ENDUSERCTX"]));
        entry.Count.Increment();
        Calls.Increment();
        if (Hook is { } hook)
            await hook(entry.Query?.Phrase ?? "").WaitAsync(context.RequestAborted);

        var fault = await faults.PassAsync(MarketplaceEndpoint.Search, entry.Query?.Phrase, context.RequestAborted);
        if (fault?.Kind is MarketplaceFaultKind.Warning && entry.Query is { } query)
            entry = WithWarning(query, entry.Count);
        else if (fault is not null)
        {
            await FaultGate.ActAsync(context, fault, entry.Query is null ? "{ }"u8.ToArray() : cache.Answer(entry, root));
            return;
        }
        await AnswerAsync(context, entry);
    }

    ValueTask AnswerAsync(HttpContext context, SearchCache.Entry entry)
    {
        if (RefusalOfToken(context.Request) is { } refusal)
            return Answers.ErrorAsync(context, StatusCodes.Status401Unauthorized, refusal);
        if (!quota.TryTake())
            return Answers.ErrorAsync(context, StatusCodes.Status429TooManyRequests, BrowseError.TooManyRequests);
        return entry.Error is { } error
            ? Answers.ErrorAsync(context, StatusCodes.Status400BadRequest, error)
            : Answers.JsonAsync(context, cache.Answer(entry, root));
    }

    BrowseError? RefusalOfToken(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return BrowseError.MissingToken;
        return tokens.IsValid(header[Bearer.Length..]) ? null : BrowseError.InvalidToken;
    }

    /// <summary>The question as eBay would have understood it with a filter it does not know: the warning, and no filter.</summary>
    static SearchCache.Entry WithWarning(BrowseQuery query, SearchCache.Count count) => new(
        query with { Filter = SearchFilter.None, Warnings = [BrowseError.BadFilter("price", "demo")] }, null, count);
}
