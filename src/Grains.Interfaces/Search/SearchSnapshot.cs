using System.Collections.Immutable;

namespace Alerts.Search;

/// <summary>What one search found at one moment; shared by all who asked for it.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchSnapshot")]
public sealed record SearchSnapshot
{
    /// <summary>Names the content: equal when listings and prices are equal. Never 0.</summary>
    [Id(0)] public required long Version { get; init; }

    /// <summary>When eBay answered.</summary>
    [Id(1)] public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>The listings in eBay's order (price with shipping, lowest first), variations of one listing merged, at most <c>Ebay:PageSize</c>.</summary>
    [Id(2)] public required ImmutableArray<Listing> Listings { get; init; }

    /// <summary>How many listings match in all, as eBay counts.</summary>
    [Id(3)] public required int Total { get; init; }
}
