using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.News;

/// <summary>The order of news in a mail.</summary>
static class NewsOrder
{
    /// <summary>Drops first, then new listings, then rises, then other listings; each kind by price, cheapest first.</summary>
    public static int Compare(NewsItem one, NewsItem other)
    {
        var order = Rank(one.Kind).CompareTo(Rank(other.Kind));
        return order == 0 ? Cheapest(one.Listing, other.Listing) : order;
    }

    /// <summary>By the price with shipping that the marketplace shows, then by number.</summary>
    public static int Cheapest(Listing one, Listing other)
    {
        var order = PriceWithShipping(one).CompareTo(PriceWithShipping(other));
        return order == 0 ? one.ListingNumber.CompareTo(other.ListingNumber) : order;
    }

    /// <summary>The amount that eBay sorts by. Shipping that eBay does not state counts as zero.</summary>
    public static decimal PriceWithShipping(Listing listing) =>
        listing.Price.Value + (listing.Shipping is { } shipping && shipping.Currency == listing.Price.Currency ? shipping.Value : 0);

    static int Rank(NewsKind kind) => kind switch
    {
        NewsKind.PriceDrop => 0,
        NewsKind.New => 1,
        NewsKind.PriceRise => 2,
        _ => 3,
    };
}
