using System.Collections.Immutable;

namespace Alerts.Search;

/// <summary>A listing in a search's result.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.Listing")]
public sealed record Listing
{
    /// <summary>eBay's RESTful item id, <c>v1|listing|variation</c>.</summary>
    [Id(0)] public required string ItemId { get; init; }

    /// <summary>The listing's number, the same for all its variations; from <c>legacyItemId</c>.</summary>
    [Id(1)] public required long ListingNumber { get; init; }

    /// <summary>The seller's title, at most 80 characters at eBay.</summary>
    [Id(2)] public required string Title { get; init; }

    /// <summary>The price that the marketplace shows; for an auction the current bid.</summary>
    [Id(3)] public required Money Price { get; init; }

    /// <summary>The price in the seller's own currency. It does not change with the exchange rate, so prices are compared by it.</summary>
    [Id(4)] public required Money SellerPrice { get; init; }

    /// <summary>Condition in eBay's words; null when the seller does not state it.</summary>
    [Id(5)] public string? Condition { get; init; }

    /// <summary>How it can be bought, in eBay's names.</summary>
    [Id(6)] public ImmutableArray<string> BuyingOptions { get; init; } = [];

    /// <summary>Page of the listing, http or https.</summary>
    [Id(7)] public required string Url { get; init; }

    /// <summary>A picture, http or https; null when there is none.</summary>
    [Id(8)] public string? ImageUrl { get; init; }

    /// <summary>The lowest known shipping cost; null when eBay states none.</summary>
    [Id(9)] public Money? Shipping { get; init; }

    /// <summary>Number of bids on an auction; null for other listings.</summary>
    [Id(10)] public int? BidCount { get; init; }

    /// <summary>When it ends; null for good-till-cancelled listings.</summary>
    [Id(11)] public DateTimeOffset? EndsAt { get; init; }

    /// <summary>When it was listed; null when eBay does not say.</summary>
    [Id(12)] public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Country the item is in, ISO 3166-1 alpha-2; null when unknown.</summary>
    [Id(13)] public string? Country { get; init; }

    /// <summary>
    /// The seller's user name, only for a user's own filters. It is never stored in the shared database (eBay API licence).
    /// </summary>
    [Id(14)] public string? Seller { get; init; }

    /// <summary>True when the listing is one of several variations.</summary>
    [Id(15)] public bool HasVariations { get; init; }

    /// <summary>
    /// The seller's positive feedback in per cent, 0 to 100; null when unknown. Stored no longer than <see cref="Seller"/>.
    /// </summary>
    [Id(16)] public decimal? SellerPercent { get; init; }

    /// <summary>The seller's feedback score; null when unknown. Stored no longer than <see cref="Seller"/>.</summary>
    [Id(17)] public int? SellerRatings { get; init; }

    /// <summary>
    /// <c>INDIVIDUAL</c> or <c>BUSINESS</c>; null where the marketplace does not say. Stored no longer than <see cref="Seller"/>.
    /// </summary>
    [Id(18)] public string? SellerAccountType { get; init; }

    /// <summary>The listing without its seller's data, which may be neither stored nor shown (eBay API licence).</summary>
    public Listing WithoutSeller() => this with { Seller = null, SellerPercent = null, SellerRatings = null, SellerAccountType = null };
}
