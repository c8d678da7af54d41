namespace Alerts.Demo.Marketplace;

/// <summary>The orders a search can have. <c>price</c> counts shipping in, as eBay does, so the prices alone are not in order.</summary>
static class SearchSort
{
    /// <summary>Whether eBay knows this order; <c>distance</c> needs a pickup place and is Best Match here.</summary>
    public static bool IsKnown(string sort) => sort is "price" or "-price" or "newlyListed" or "endingSoonest" or "distance";

    /// <summary>Best Match (null) leaves the listings as they come; equal ones stay in that order.</summary>
    public static IEnumerable<ListingSpec> Sort(IEnumerable<ListingSpec> listings, string? sort) => sort switch
    {
        "price" => listings.OrderBy(WithShipping),
        "-price" => listings.OrderByDescending(WithShipping),
        "newlyListed" => listings.OrderByDescending(listing => listing.CreatedAt),
        "endingSoonest" => listings.OrderBy(listing => listing.EndsAt ?? DateTimeOffset.MaxValue),
        _ => listings,
    };

    static decimal WithShipping(ListingSpec listing) => (listing.CurrentPrice ?? 0) + (listing.ShippingCost ?? 0);
}
