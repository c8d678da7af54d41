using Alerts.Search;
using Alerts.Settings;

namespace Alerts.News.Compare;

/// <summary>The part of a snapshot one user's search looks at.</summary>
sealed class ComparisonPage
{
    readonly HashSet<long> numbers;

    ComparisonPage(List<Listing> listings)
    {
        Listings = listings;
        numbers = [.. listings.Select(listing => listing.ListingNumber)];
    }

    /// <summary>Each listing once with its cheapest variation, in order of the listings' numbers.</summary>
    public List<Listing> Listings { get; }

    public int Count => Listings.Count;

    public bool Has(long number) => numbers.Contains(number);

    /// <summary>What the filter lets through, at most so many: of more the dearest are left out, but none of the newest.</summary>
    public static ComparisonPage Of(SearchSettings search, SearchSnapshot snapshot, int max)
    {
        var filter = new ListingFilter(search, snapshot.FetchedAt);
        var page = snapshot.Listings.Concat(snapshot.Newest).Where(listing => listing.SellerPrice.Value > 0 && filter.Lets(listing)).ToList();
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
        return new ComparisonPage(page);
    }

    /// <summary>The dearest price with shipping on a page that could not hold everything; null when it held everything.</summary>
    public static decimal? HorizonOf(SearchSnapshot snapshot) =>
        snapshot.HoldsEverything || snapshot.Listings.IsEmpty ? null : snapshot.Listings.Max(NewsOrder.PriceWithShipping);

    static int ByNumber(Listing one, Listing other)
    {
        var order = one.ListingNumber.CompareTo(other.ListingNumber);
        if (order == 0)
            order = one.SellerPrice.Value.CompareTo(other.SellerPrice.Value);
        return order == 0 ? string.CompareOrdinal(one.ItemId, other.ItemId) : order;
    }
}
