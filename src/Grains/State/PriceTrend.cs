using System.Collections.Immutable;
using Alerts.Search;

namespace Alerts.State;

/// <summary>What one listing's own price did over the last days, in the seller's currency.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.PriceTrend")]
public sealed record PriceTrend
{
    /// <summary>The price at the end of each day, the last of them now; null before the listing was first seen.</summary>
    [Id(0)] public required ImmutableArray<decimal?> Days { get; init; }

    /// <summary>The lowest price within these days.</summary>
    [Id(1)] public required Money Lowest { get; init; }

    /// <summary>The highest price within these days.</summary>
    [Id(2)] public required Money Highest { get; init; }

    /// <summary>Since when no price was as low as the present one: the first price known, while it is the lowest known; null when it is not.</summary>
    [Id(3)] public DateTimeOffset? LowestSince { get; init; }
}
