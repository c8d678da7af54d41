using System.Net;
using Alerts.Search.Ebay;

namespace Alerts.Search.Quota;

/// <summary>
/// Takes one call of the budget for each attempt at a search, including retries. Opens the circuit of all silos when eBay answers 429.
/// </summary>
public sealed class QuotaHandler(CallBudget budget, TimeProvider clock) : DelegatingHandler
{
    /// <summary>Whether a person waits for the answer to a request.</summary>
    public static readonly HttpRequestOptionsKey<bool> Urgent = new("urgent");

    const string Searches = "/buy/browse/";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.AbsolutePath.Contains(Searches, StringComparison.Ordinal))
            return await base.SendAsync(request, cancellationToken);
        var isUrgent = request.Options.TryGetValue(Urgent, out var urgent) && urgent;
        if (!await budget.TryTakeAsync(isUrgent))
            return new NotAskedResponse(budget.WhyNot(isUrgent)) { RequestMessage = request };
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            await budget.RefusedAsync(response.Headers.RetryAfterAt(clock.GetUtcNow()));
        else
            await budget.AcceptedAsync();
        return response;
    }
}
