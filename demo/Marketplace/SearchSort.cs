namespace Alerts.Demo.Marketplace;

/// <summary>The orders a search can have. <c>price</c> counts shipping in, as eBay does, so the prices alone are not in order.</summary>
static class SearchSort
{
    /// <summary>Whether eBay knows this order; <c>distance</c> is Best Match without a pickup place.</summary>
    public static bool IsKnown(string sort) => sort is "price" or "-price" or "newlyListed" or "endingSoonest" or "distance";

    /// <summary>Best Match (null) leaves the listings as they come; equal ones stay in that order.</summary>
    public static IEnumerable<ListingSpec> Sort(IEnumerable<ListingSpec> listings, BrowseQuery query) => query.Sort switch
    {
        "price" => listings.OrderBy(listing => WithShipping(listing, query.Buyer)),
        "-price" => listings.OrderByDescending(listing => WithShipping(listing, query.Buyer)),
        "newlyListed" => listings.OrderByDescending(listing => listing.CreatedAt),
        "endingSoonest" => listings.OrderBy(listing => listing.EndsAt ?? DateTimeOffset.MaxValue),
        "distance" when query.Filter.Pickup is { } pickup => listings.OrderBy(listing => pickup.DistanceTo(listing) ?? decimal.MaxValue),
        _ => listings,
    };

    static decimal WithShipping(ListingSpec listing, BuyerContext buyer) => (listing.CurrentPrice ?? 0) + (listing.ShippingCostFor(buyer) ?? 0);
}
