using Alerts.Search;
using Alerts.State;

namespace Alerts.News;

/// <summary>The order of news in a mail.</summary>
static class NewsOrder
{
    /// <summary>Drops, then new listings, then rises, then what is merely listed; the cheapest first in each.</summary>
    public static int Compare(NewsItem one, NewsItem other)
    {
        var order = Rank(one.Kind).CompareTo(Rank(other.Kind));
        return order == 0 ? Cheapest(one.Listing, other.Listing) : order;
    }

    /// <summary>By price with shipping as the marketplace shows it, then by number.</summary>
    public static int Cheapest(Listing one, Listing other)
    {
        var order = PriceWithShipping(one).CompareTo(PriceWithShipping(other));
        return order == 0 ? one.ListingNumber.CompareTo(other.ListingNumber) : order;
    }

    /// <summary>What eBay sorts by; shipping it does not state counts as nothing.</summary>
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
