using System.Globalization;
using System.Net;
using Alerts.Search.Ebay.Answers;
using Alerts.Search.Quota;
using Microsoft.Extensions.Options;

namespace Alerts.Search.Ebay;

/// <summary>Asks eBay for one page of a search. The result is a valid page, or the reason why there is none.</summary>
public sealed class EbaySearch(IHttpClientFactory clients, IOptions<EbayOptions> options, BadRows badRows, TimeProvider clock)
{
    /// <summary>Rows of eBay's largest page.</summary>
    public const int MaxPageSize = 200;

    readonly IReadOnlyCollection<string> hosts = LinkHosts.Of(options.Value);

    /// <summary>Asks eBay for a page. Throws only when cancelled.</summary>
    /// <param name="page">The page's number, from 0. Pages by price have <c>Ebay:PageSize</c> rows, pages of the newest have 200.</param>
    /// <param name="isUrgent">Whether a person waits for the answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<EbayAnswer> FindAsync(SearchQuery query, EbayOrder order, int page, bool isUrgent,
        CancellationToken cancellationToken)
    {
        try
        {
            using var http = clients.CreateClient(EbayOptions.Client);
            using var request = Request(query, order, page);
            request.Options.Set(QuotaHandler.Urgent, isUrgent);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response is NotAskedResponse notAsked)
                return notAsked.Answer;
            // Read as bytes: the body is UTF-8 even when its header names a wrong character set.
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? Counted(EbayPageReader.Read(body, hosts)) : Refused(response, body);
        }
        catch (EbayTokenException fault)
        {
            return new EbayAnswer.NotAsked(fault.Message, fault.RetryAt, IsCircuitOpen: true);
        }
        catch (StoreUnavailableException fault)
        {
            return new EbayAnswer.Failed(fault.Message, Fault: fault);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return new EbayAnswer.Failed("eBay could not be reached.", Fault: fault);
        }
    }

    HttpRequestMessage Request(SearchQuery query, EbayOrder order, int page)
    {
        var (sort, size) = order is EbayOrder.NewlyListed ? ("newlyListed", MaxPageSize) : ("price", options.Value.PageSize);
        var address = string.Create(CultureInfo.InvariantCulture, $"buy/browse/v1/item_summary/search?{query.SortedBy(sort)}&limit={size}");
        if (page > 0)
            address += string.Create(CultureInfo.InvariantCulture, $"&offset={page * size}");
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Add("X-EBAY-C-MARKETPLACE-ID", query.Marketplace);
        if (query.Language is { } language)
            request.Headers.AcceptLanguage.ParseAdd(language);
        if (EndUserContext.Of(query, options.Value) is { } context)
            request.Headers.Add("X-EBAY-C-ENDUSERCTX", context);
        return request;
    }

    EbayAnswer Counted(EbayAnswer answer)
    {
        if (answer is EbayAnswer.Found { Page.BadRows: { IsEmpty: false } bad })
            badRows.LeftOut(bad);
        return answer;
    }

    EbayAnswer Refused(HttpResponseMessage response, byte[] body)
    {
        var errors = EbayPageReader.ErrorsOf(body);
        if (errors.Any(error => error.IsTooLarge))
            return new EbayAnswer.TooLarge();
        var reason = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => "eBay's call limit is reached.",
            HttpStatusCode.Unauthorized => "eBay refused the application's token.",
            var status when errors is [{ Id: > 0 } error, ..] => $"eBay answered {(int)status}: {error.Message} ({error.Id}).",
            var status => $"eBay answered {(int)status}.",
        };
        return new EbayAnswer.Failed(reason, response.Headers.RetryAfterAt(clock.GetUtcNow()));
    }
}
