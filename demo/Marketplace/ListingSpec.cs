namespace Alerts.Demo.Marketplace;

/// <summary>
/// One listing as the marketplace shows it. With only the three positional values it is new, fixed price, in US dollars,
/// shipped free from the US.
/// </summary>
/// <param name="LegacyItemId">eBay's item number, 12 digits.</param>
/// <param name="Title">At most 80 characters on eBay; longer is cut.</param>
/// <param name="Price">What the buyer pays without shipping; null for an auction that shows none.</param>
public sealed record ListingSpec(string LegacyItemId, string Title, decimal? Price)
{
    /// <summary>The number of the variation that is shown, 0 for a listing without variations.</summary>
    public long VariationId { get; init; }

    /// <summary>Currency of every amount but the seller's own; ISO 4217.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The seller's own price where <see cref="Price"/> was converted.</summary>
    public decimal? ConvertedFromValue { get; init; }

    /// <summary>The seller's own currency where <see cref="Price"/> was converted.</summary>
    public string? ConvertedFromCurrency { get; init; }

    /// <summary>The struck-through price before a discount.</summary>
    public decimal? OriginalPrice { get; init; }

    /// <summary>eBay's condition number; null: none is shown.</summary>
    public int? ConditionId { get; init; } = 1000;

    /// <summary>FIXED or CALCULATED; null: no shippingOptions are shown.</summary>
    public string? ShippingCostType { get; init; } = "FIXED";

    /// <summary>Cost of shipping; null: not known.</summary>
    public decimal? ShippingCost { get; init; } = 0;

    /// <summary>Whether <see cref="ShippingCost"/> is shown only to a buyer whose place is known.</summary>
    public bool IsShippingByPlace { get; init; }

    /// <summary>FIXED_PRICE, AUCTION, BEST_OFFER.</summary>
    public IReadOnlyList<string> BuyingOptions { get; init; } = ["FIXED_PRICE"];

    /// <summary>The highest bid of an auction; null: not an auction.</summary>
    public decimal? CurrentBidPrice { get; init; }

    /// <summary>Bids so far; null: not an auction.</summary>
    public int? BidCount { get; init; }

    /// <summary>When it ends; null: good till cancelled.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When it was listed.</summary>
    public DateTimeOffset CreatedAt { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The seller's name.</summary>
    public string Seller { get; init; } = "demo_seller_000";

    /// <summary>How much of the seller's feedback is positive, in per cent with one decimal.</summary>
    public decimal SellerFeedbackPercent { get; init; } = 99.1m;

    /// <summary>How many ratings the seller has, the bad ones subtracted.</summary>
    public int SellerFeedbackScore { get; init; } = 1_234;

    /// <summary>INDIVIDUAL or BUSINESS.</summary>
    public string SellerAccountType { get; init; } = "INDIVIDUAL";

    /// <summary>Where it is sent from; ISO 3166, two letters.</summary>
    public string Country { get; init; } = "US";

    /// <summary>Where in the country, as eBay shows it, such as <c>941**</c>; null: not shown.</summary>
    public string? PostalCode { get; init; }

    /// <summary>Whether the buyer may collect it.</summary>
    public bool HasLocalPickup { get; init; }

    /// <summary>Item aspects, such as Color and Brand, each with one value.</summary>
    public IReadOnlyDictionary<string, string> Aspects { get; init; } = new Dictionary<string, string>();

    /// <summary>eBay's number of the leaf category.</summary>
    public string CategoryId { get; init; } = "9355";

    /// <summary>Whether it is shown for a group of variations (itemGroupHref, itemGroupType).</summary>
    public bool IsVariationGroup { get; init; }

    /// <summary>Whether it has a picture.</summary>
    public bool HasImage { get; init; } = true;

    /// <summary>The id of the Browse API: <c>v1|legacyItemId|variationId</c>.</summary>
    public string ItemId => $"v1|{LegacyItemId}|{VariationId}";

    /// <summary>What it would cost now: the highest bid of an auction, else the price.</summary>
    internal decimal? CurrentPrice => CurrentBidPrice ?? Price;

    internal decimal? ShippingCostFor(BuyerContext buyer) => IsShippingByPlace && buyer.PostalCode is null ? null : ShippingCost;
}
