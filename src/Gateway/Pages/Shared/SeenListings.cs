using Alerts.Search;
using Alerts.Users;

namespace Alerts.Gateway.Pages.Shared;

/// <summary>What a person saw on a page counts as notified.</summary>
static class SeenListings
{
    /// <summary>Whether a person asked for this page: a browser that fetches it beforehand, just in case, shows it to nobody.</summary>
    public static bool IsByPerson(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells the user's grain. The page is shown all the same where that fails: a mail then names what was seen.</summary>
    public static async Task NoteAsync(IUserGrain user, SearchResults? result)
    {
        if (result is not { Listings.Length: > 0 })
            return;
        try
        {
            await user.ShownAsync(result.SearchId, [.. result.Listings.Select(listing => new ShownListing(listing.ListingNumber, listing.SellerPrice))]);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or StoreUnavailableException)
        {
            // A silo of an older release, or a store that is away.
        }
    }
}
