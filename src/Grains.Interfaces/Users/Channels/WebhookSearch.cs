using System.Collections.Immutable;

namespace Alerts.Users.Channels;

/// <summary>The news of one search.</summary>
public sealed record WebhookSearch
{
    /// <summary>The search's id.</summary>
    public required string SearchId { get; init; }

    /// <summary>Its phrase.</summary>
    public required string Phrase { get; init; }

    /// <summary>eBay marketplace id.</summary>
    public required string Marketplace { get; init; }

    /// <summary>When eBay answered. Do not show it as current after six hours.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>How many listings match the search.</summary>
    public required int Total { get; init; }

    /// <summary>How many more news items there are than named.</summary>
    public required int Omitted { get; init; }

    /// <summary>The listings, at most 20.</summary>
    public required ImmutableArray<WebhookListing> Listings { get; init; }
}
