using System.Collections.Immutable;
using System.Net;
using System.Runtime.ExceptionServices;
using Alerts.Search.Quota;
using Microsoft.Extensions.Options;
using Refit;

namespace Alerts.Search.Ebay;

/// <summary>One search at eBay: either the listings it found, or a failure; never a half result.</summary>
public sealed class EbaySearch(IEbayApi ebay, IOptions<EbayOptions> options, TimeProvider clock)
{
    /// <summary>Warnings about filters: eBay then answers 200 with rows the filter was not applied to.</summary>
    static readonly ImmutableArray<int> filterWarnings = [12002, 12008, 12009, 12010, 12011, 12012];

    /// <summary>Asks eBay for the first page of a canonical query.</summary>
    /// <param name="query">The canonical query.</param>
    /// <param name="isUrgent">Whether somebody waits for the answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="SearchFailedException">No call left, no answer, an error, a warning about a filter, or a body that cannot be read.</exception>
    public async Task<(ImmutableArray<Listing> Listings, int Total)> FindAsync(string query, bool isUrgent, CancellationToken cancellationToken)
    {
        IApiResponse<EbaySearchPage> response;
        try
        {
            response = await ebay.SearchAsync(EbayQuery.Parse(query), options.Value.PageSize, SearchQuery.MarketplaceOf(query), isUrgent, cancellationToken);
            // Refit hands over in the response what was thrown on the way to eBay.
            if (response.Error?.InnerException is { } thrown and (QuotaExhaustedException or StoreUnavailableException))
                ExceptionDispatchInfo.Throw(thrown);
        }
        catch (Exception fault) when (fault is QuotaExhaustedException or StoreUnavailableException)
        {
            throw new SearchFailedException(fault.Message, (fault as QuotaExhaustedException)?.Until - clock.GetUtcNow(), fault);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SearchFailedException("eBay could not be reached.", fault: fault);
        }

        using (response)
        {
            if (response.IsSuccessful && response.Content is { Errors: null } page)
            {
                if (page.Warnings?.FirstOrDefault(warning => filterWarnings.Contains(warning.ErrorId)) is { } warning)
                    throw new SearchFailedException($"eBay did not apply a filter: {warning.Message} ({warning.ErrorId}).");
                var listings = ListingMapper.Map(page.ItemSummaries);
                if (listings.IsEmpty && page.Total > 0)
                    throw new SearchFailedException($"eBay counted {page.Total} listings and showed none.");
                return (listings, page.Total);
            }

            throw new SearchFailedException(Reason(response), response.Headers.RetryAfterAt(clock.GetUtcNow()), response.Error);
        }
    }

    static string Reason(IApiResponse<EbaySearchPage> response) => response.StatusCode switch
    {
        HttpStatusCode.OK => "eBay's answer could not be read.",
        HttpStatusCode.TooManyRequests => "eBay's call limit is reached.",
        HttpStatusCode.Unauthorized => "eBay refused the application's token.",
        { } status => $"eBay answered {(int)status}.",
        _ => "eBay could not be reached.",
    };
}
