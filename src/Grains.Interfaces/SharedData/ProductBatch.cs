using System.Collections.Immutable;

namespace Alerts.SharedData;

/// <summary>One query's result for one shard: an event of the <see cref="Streams.Products"/> stream.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.ProductBatch")]
public sealed record ProductBatch
{
    /// <summary>The canonical query.</summary>
    [Id(0)] public required string Query { get; init; }

    /// <summary>eBay marketplace id.</summary>
    [Id(1)] public required string Marketplace { get; init; }

    /// <summary>When eBay answered.</summary>
    [Id(2)] public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>The shard's listings with their rank in the search, 0 for the first.</summary>
    [Id(3)] public required ImmutableArray<RankedListing> Listings { get; init; }
}
