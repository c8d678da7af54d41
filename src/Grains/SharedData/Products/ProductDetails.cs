using System.Collections.Immutable;
using Alerts.Search;
using Alerts.SharedData.Prices;

namespace Alerts.SharedData.Products;

/// <summary>
/// A listing in the shared database. All of it is what eBay stated about this listing; nothing is compared with other listings.
/// </summary>
public sealed record ProductDetails
{
    /// <summary>eBay's RESTful item id.</summary>
    public required string ItemId { get; init; }

    /// <summary>The listing's number, the same for all its variations.</summary>
    public required long ListingNumber { get; init; }

    /// <summary>The seller's title.</summary>
    public required string Title { get; init; }

    /// <summary>The price that the marketplace showed last; a converted one changes with the exchange rate.</summary>
    public required Money Price { get; init; }

    /// <summary>The seller's price, last seen. Its history is kept.</summary>
    public required Money SellerPrice { get; init; }

    /// <summary>When this price was first seen, which is the last change.</summary>
    public required DateTimeOffset PriceSince { get; init; }

    /// <summary>Condition in eBay's words; null when not stated.</summary>
    public string? Condition { get; init; }

    /// <summary>eBay marketplace id of the search that last saw the listing.</summary>
    public required string Marketplace { get; init; }

    /// <summary>The listing's page; null when the address is longer than 2,048 characters.</summary>
    public string? Url { get; init; }

    /// <summary>A picture; null when there is none.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>The lowest known shipping cost; null when eBay states none.</summary>
    public Money? Shipping { get; init; }

    /// <summary>How it can be bought, in eBay's names.</summary>
    public required ImmutableArray<string> BuyingOptions { get; init; }

    /// <summary>When a search first found it.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When a search last found it: all these facts are of that time.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The lowest seller's price in the stored history, in the present currency; null when the history was deleted.</summary>
    public PricePoint? Lowest { get; init; }

    /// <summary>The highest seller's price in the stored history, in the present currency; null when the history was deleted.</summary>
    public PricePoint? Highest { get; init; }
}
