using Alerts.Search;

namespace Alerts.Users.Channels;

/// <summary>A listing and the reason why the message names it.</summary>
public sealed record WebhookListing
{
    /// <summary><c>listed</c> (a present result), <c>new</c>, <c>priceDrop</c> or <c>priceRise</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>eBay's item id.</summary>
    public required string ItemId { get; init; }

    /// <summary>The seller's title.</summary>
    public required string Title { get; init; }

    /// <summary>The listing's page.</summary>
    public required string Url { get; init; }

    /// <summary>A picture; absent when there is none.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>The price that the marketplace shows.</summary>
    public required Money Price { get; init; }

    /// <summary>The price in the seller's own currency.</summary>
    public required Money SellerPrice { get; init; }

    /// <summary>The price before, in the seller's own currency; absent when it did not change.</summary>
    public Money? PreviousPrice { get; init; }

    /// <summary>Shipping cost; absent when eBay states none.</summary>
    public Money? Shipping { get; init; }

    /// <summary>Condition in eBay's words; absent when not stated.</summary>
    public string? Condition { get; init; }

    /// <summary>When it ends; absent when it has no end.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}
