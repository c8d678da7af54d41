using Alerts.Search;
using Alerts.Users;

namespace Alerts.Gateway.Pages.Shared.Listings;

/// <summary>Listings that a person saw on a page count as notified.</summary>
static class SeenListings
{
    /// <summary>Whether a person requested this page. A browser may fetch a page in advance without showing it.</summary>
    public static bool IsByPerson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
            && !request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reports the listings to the user's grain. If that fails, the page is shown all the same, and a mail names the listings again.
    /// </summary>
    public static async Task NoteAsync(IUserGrain user, SearchResults? result)
    {
        if (result is not { Listings.Length: > 0 })
            return;
        try
        {
            await user.ShownAsync(result.SearchId,
                [.. result.Listings.Select(listing => new ShownListing(listing.ListingNumber, listing.SellerPrice))]);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or StoreUnavailableException)
        {
            // A silo of an older release, or a store that cannot be reached.
        }
    }
}
