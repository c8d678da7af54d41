using System.Collections.Immutable;

namespace Alerts.Search.Ebay;

/// <summary>A page of eBay's search response, with the fields that are used (Browse API, SearchPagedCollection).</summary>
public sealed record EbaySearchPage(int Total, ImmutableArray<EbayItemSummary>? ItemSummaries, ImmutableArray<EbayError>? Warnings, ImmutableArray<EbayError>? Errors);

/// <summary>One listing of a page.</summary>
public sealed record EbayItemSummary(
    string? ItemId,
    string? LegacyItemId,
    string? Title,
    EbayAmount? Price,
    EbayAmount? CurrentBidPrice,
    int? BidCount,
    EbayImage? Image,
    ImmutableArray<EbayImage>? ThumbnailImages,
    string? Condition,
    EbaySeller? Seller,
    ImmutableArray<EbayShippingOption>? ShippingOptions,
    ImmutableArray<string>? BuyingOptions,
    string? ItemWebUrl,
    string? ItemAffiliateWebUrl,
    EbayLocation? ItemLocation,
    DateTimeOffset? ItemCreationDate,
    DateTimeOffset? ItemEndDate,
    string? ItemGroupHref,
    string? ItemGroupType);

/// <summary>An amount; the converted-from pair is the seller's own price where eBay converted it.</summary>
public sealed record EbayAmount(string? Value, string? Currency, string? ConvertedFromValue, string? ConvertedFromCurrency);

/// <summary>A picture.</summary>
public sealed record EbayImage(string? ImageUrl);

/// <summary>The seller.</summary>
public sealed record EbaySeller(string? Username);

/// <summary>One way of shipping.</summary>
public sealed record EbayShippingOption(string? ShippingCostType, EbayAmount? ShippingCost);

/// <summary>Where the item is.</summary>
public sealed record EbayLocation(string? Country);

/// <summary>An error or a warning.</summary>
public sealed record EbayError(int ErrorId, string? Message, string? LongMessage);
