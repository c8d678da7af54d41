using System.Collections.Immutable;

namespace Alerts.Users.Channels;

/// <summary>What a search found.</summary>
public sealed record WebhookSearch
{
    /// <summary>The search's id.</summary>
    public required string SearchId { get; init; }

    /// <summary>Its phrase.</summary>
    public required string Phrase { get; init; }

    /// <summary>eBay marketplace id.</summary>
    public required string Marketplace { get; init; }

    /// <summary>When eBay said so: not to be shown as current after six hours.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>How many listings match in all.</summary>
    public required int Total { get; init; }

    /// <summary>How many more there are than are named.</summary>
    public required int Omitted { get; init; }

    /// <summary>The listings, at most 20.</summary>
    public required ImmutableArray<WebhookListing> Listings { get; init; }
}
