using System.Collections.Immutable;
using Alerts.Search;
using Alerts.SharedData.Prices;

namespace Alerts.SharedData.Products;

/// <summary>A listing as the shared database knows it. All of it is what eBay stated of this listing; nothing is compared with other listings.</summary>
public sealed record ProductDetails
{
    /// <summary>eBay's RESTful item id.</summary>
    public required string ItemId { get; init; }

    /// <summary>The listing's number, the same for all its variations.</summary>
    public required long ListingNumber { get; init; }

    /// <summary>The seller's title.</summary>
    public required string Title { get; init; }

    /// <summary>Price as the marketplace showed it last; a converted one moves with the exchange rate.</summary>
    public required Money Price { get; init; }

    /// <summary>Price the seller set, last seen: the one whose history is kept.</summary>
    public required Money SellerPrice { get; init; }

    /// <summary>When this price was first seen: the last change.</summary>
    public required DateTimeOffset PriceSince { get; init; }

    /// <summary>Condition in eBay's words; null when the seller states none.</summary>
    public string? Condition { get; init; }

    /// <summary>eBay marketplace id of the search that saw it last.</summary>
    public required string Marketplace { get; init; }

    /// <summary>Page of the listing; null when its address is over 2,048 characters.</summary>
    public string? Url { get; init; }

    /// <summary>A picture; null when there is none.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Lowest shipping cost known; null when eBay states none.</summary>
    public Money? Shipping { get; init; }

    /// <summary>How it can be bought, eBay's names.</summary>
    public required ImmutableArray<string> BuyingOptions { get; init; }

    /// <summary>When a search first found it.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When a search last found it: the age of all this.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The lowest seller's price in the history kept, in the present currency; null when its history was deleted.</summary>
    public PricePoint? Lowest { get; init; }

    /// <summary>The highest seller's price in the history kept, in the present currency; null when its history was deleted.</summary>
    public PricePoint? Highest { get; init; }
}
