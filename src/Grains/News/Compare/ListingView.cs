using Alerts.Search;
using Alerts.Settings;

namespace Alerts.News.Compare;

/// <summary>What a user is shown of a shared result.</summary>
static class ListingView
{
    /// <summary>The listings the user did not exclude, in eBay's order, without their sellers' names (eBay API licence).</summary>
    public static IEnumerable<Listing> Of(SearchSettings search, SearchSnapshot snapshot)
    {
        var filter = new ListingFilter(search, snapshot.FetchedAt);
        return snapshot.Listings.Where(filter.Lets).Select(listing => listing.WithoutSeller());
    }
}
