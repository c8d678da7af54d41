using Alerts.Search;
using Alerts.Settings;

namespace Alerts.News.Compare;

/// <summary>The part of a snapshot one user's search looks at.</summary>
static class ComparisonPage
{
    /// <summary>What the filter lets through, each listing once with its cheapest variation, in order of the listings' numbers.</summary>
    public static List<Listing> Of(SearchSettings search, SearchSnapshot snapshot, int max)
    {
        var filter = new ListingFilter(search, snapshot.FetchedAt);
        var page = new List<Listing>(snapshot.Listings.Length);
        foreach (var listing in snapshot.Listings)
        {
            if (filter.Lets(listing))
                page.Add(listing);
        }

        if (page.Count > max)
        {
            page.Sort(NewsOrder.Cheapest);
            page.RemoveRange(max, page.Count - max);
        }

        page.Sort(ByNumber);
        var last = 0;
        for (var i = 1; i < page.Count; i++)
        {
            if (page[i].ListingNumber != page[last].ListingNumber)
                page[++last] = page[i];
        }

        if (page.Count > 0)
            page.RemoveRange(last + 1, page.Count - last - 1);
        return page;
    }

    /// <summary>The dearest price with shipping on a page that could not hold everything; null when it held everything.</summary>
    public static decimal? HorizonOf(SearchSnapshot snapshot) =>
        snapshot.Total > snapshot.Listings.Length && !snapshot.Listings.IsEmpty ? snapshot.Listings.Max(NewsOrder.PriceWithShipping) : null;

    static int ByNumber(Listing one, Listing other)
    {
        var order = one.ListingNumber.CompareTo(other.ListingNumber);
        if (order == 0)
            order = one.SellerPrice.Value.CompareTo(other.SellerPrice.Value);
        return order == 0 ? string.CompareOrdinal(one.ItemId, other.ItemId) : order;
    }
}
