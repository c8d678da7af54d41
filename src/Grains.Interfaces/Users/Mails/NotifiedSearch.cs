using System.Collections.Immutable;

namespace Alerts.Users.Mails;

/// <summary>What a notification says of a search.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.NotifiedSearch")]
public sealed record NotifiedSearch
{
    /// <summary>The search's id.</summary>
    [Id(0)] public required string SearchId { get; init; }

    /// <summary>Its phrase.</summary>
    [Id(1)] public required string Phrase { get; init; }

    /// <summary>eBay marketplace id.</summary>
    [Id(2)] public required string Marketplace { get; init; }

    /// <summary>When eBay said so: not to be shown as current after six hours.</summary>
    [Id(3)] public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>How many listings match in all.</summary>
    [Id(4)] public required int Total { get; init; }

    /// <summary>How many more there are than are named.</summary>
    [Id(5)] public required int Omitted { get; init; }

    /// <summary>The listings, at most 20.</summary>
    [Id(6)] public required ImmutableArray<NotifiedListing> Listings { get; init; }
}
