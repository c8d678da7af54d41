using System.Net;
using Alerts.Search.Ebay;

namespace Alerts.Search.Quota;

/// <summary>Takes a call of the budget for each attempt at a search, retries included, and tells the whole cluster when eBay wants none.</summary>
public sealed class QuotaHandler(CallBudget budget, TimeProvider clock) : DelegatingHandler
{
    /// <summary>Name of the request property that says whether somebody waits for the answer.</summary>
    public const string Urgent = "urgent";

    const string Searches = "/buy/browse/";

    static readonly HttpRequestOptionsKey<bool> urgent = new(Urgent);

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.AbsolutePath.StartsWith(Searches, StringComparison.Ordinal))
            return await base.SendAsync(request, cancellationToken);
        if (!await budget.TryTakeAsync(request.Options.TryGetValue(urgent, out var isUrgent) && isUrgent))
            throw new QuotaExhaustedException(budget.ClosedUntil ?? budget.Lease?.DayEndsAt, isClosed: budget.ClosedUntil is not null);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            await budget.RefusedAsync(response.Headers.RetryAfterAt(clock.GetUtcNow()));
        else
            await budget.AcceptedAsync();
        return response;
    }
}
