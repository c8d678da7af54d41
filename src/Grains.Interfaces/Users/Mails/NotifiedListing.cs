using Alerts.Search;

namespace Alerts.Users.Mails;

/// <summary>A listing, and why it is named.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.NotifiedListing")]
public sealed record NotifiedListing
{
    /// <summary><c>listed</c> (it is there), <c>new</c>, <c>priceDrop</c>, <c>priceRise</c> or <c>ending</c> (an auction).</summary>
    [Id(0)] public required string Reason { get; init; }

    /// <summary>eBay's item id.</summary>
    [Id(1)] public required string ItemId { get; init; }

    /// <summary>The seller's title.</summary>
    [Id(2)] public required string Title { get; init; }

    /// <summary>Its page.</summary>
    [Id(3)] public required string Url { get; init; }

    /// <summary>A picture; absent when there is none.</summary>
    [Id(4)] public string? ImageUrl { get; init; }

    /// <summary>The price as the marketplace shows it.</summary>
    [Id(5)] public required Money Price { get; init; }

    /// <summary>The price in the seller's own currency.</summary>
    [Id(6)] public required Money SellerPrice { get; init; }

    /// <summary>The price before, in the seller's own currency; absent unless it changed.</summary>
    [Id(7)] public Money? PreviousPrice { get; init; }

    /// <summary>Shipping; absent when eBay states none.</summary>
    [Id(8)] public Money? Shipping { get; init; }

    /// <summary>Condition in eBay's words; absent when none is stated.</summary>
    [Id(9)] public string? Condition { get; init; }

    /// <summary>When it ends; absent when it has no end.</summary>
    [Id(10)] public DateTimeOffset? EndsAt { get; init; }
}
