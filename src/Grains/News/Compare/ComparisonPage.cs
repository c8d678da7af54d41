using Alerts.Search;
using Alerts.Settings;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>The listings of a snapshot that one user's search compares.</summary>
sealed class ComparisonPage
{
    readonly HashSet<long> numbers;

    ComparisonPage(List<Listing> listings)
    {
        Listings = listings;
        numbers = [.. listings.Select(listing => listing.ListingNumber)];
    }

    /// <summary>Each listing once, with its cheapest variation, sorted by number.</summary>
    public List<Listing> Listings { get; }

    public int Count => Listings.Count;

    public bool Has(long number) => numbers.Contains(number);

    /// <summary>
    /// The listings that the search watches and its filter accepts, at most <paramref name="max"/>. Without room for all, the oldest of the
    /// newest are left out first, then the most expensive. Of the newest, only those count that were created since the user began to watch
    /// or are remembered.
    /// </summary>
    public static ComparisonPage Of(SearchSettings search, SearchMemory memory, SearchSnapshot snapshot, int max)
    {
        var filter = new ListingFilter(search, snapshot.FetchedAt);
        var page = snapshot.Listings.Where(Lets).ToList();
        if (search.Watch is not WatchMode.Cheapest)
        {
            var startedAt = memory.StartedAt ?? memory.LastSuccess ?? snapshot.FetchedAt;
            page.AddRange(snapshot.Newest.Where(listing => Lets(listing)
                && (!(listing.CreatedAt < startedAt) || memory.Find(listing.ListingNumber) is not null)));
        }

        if (page.Count > max)
            page.RemoveRange(max, page.Count - max);
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

        bool Lets(Listing listing) => listing.SellerPrice.Value > 0 && filter.Lets(listing);
    }

    /// <summary>The highest price with shipping on a page that did not hold all matches; null when it held all.</summary>
    public static decimal? HorizonOf(SearchSnapshot snapshot) =>
        snapshot.HoldsEverything ? null : snapshot.Listings.Select(NewsOrder.PriceWithShipping).DefaultIfEmpty().Max();

    static int ByNumber(Listing one, Listing other)
    {
        var order = one.ListingNumber.CompareTo(other.ListingNumber);
        if (order == 0)
            order = one.SellerPrice.Value.CompareTo(other.SellerPrice.Value);
        return order == 0 ? string.CompareOrdinal(one.ItemId, other.ItemId) : order;
    }
}
