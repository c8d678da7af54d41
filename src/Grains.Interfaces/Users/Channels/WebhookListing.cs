using Alerts.Search;

namespace Alerts.Users.Channels;

/// <summary>A listing, and why it is named.</summary>
public sealed record WebhookListing
{
    /// <summary><c>listed</c> (it is there), <c>new</c>, <c>priceDrop</c> or <c>priceRise</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>eBay's item id.</summary>
    public required string ItemId { get; init; }

    /// <summary>The seller's title.</summary>
    public required string Title { get; init; }

    /// <summary>Its page.</summary>
    public required string Url { get; init; }

    /// <summary>A picture; absent when there is none.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>The price as the marketplace shows it.</summary>
    public required Money Price { get; init; }

    /// <summary>The price in the seller's own currency.</summary>
    public required Money SellerPrice { get; init; }

    /// <summary>The price before, in the seller's own currency; absent unless it changed.</summary>
    public Money? PreviousPrice { get; init; }

    /// <summary>Shipping; absent when eBay states none.</summary>
    public Money? Shipping { get; init; }

    /// <summary>Condition in eBay's words; absent when none is stated.</summary>
    public string? Condition { get; init; }

    /// <summary>When it ends; absent when it has no end.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}
