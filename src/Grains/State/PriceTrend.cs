using System.Collections.Immutable;
using Alerts.Search;

namespace Alerts.State;

/// <summary>The price of one listing over the last days, in the seller's currency.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.PriceTrend")]
public sealed record PriceTrend
{
    /// <summary>
    /// The price at the end of each day; the last one is the present price. Null for days before the listing was first seen.
    /// </summary>
    [Id(0)] public required ImmutableArray<decimal?> Days { get; init; }

    /// <summary>The lowest price within these days.</summary>
    [Id(1)] public required Money Lowest { get; init; }

    /// <summary>The highest price within these days.</summary>
    [Id(2)] public required Money Highest { get; init; }

    /// <summary>
    /// The last moment at which a price was as low as the present one. If no known price was, the moment of the first known price. Null
    /// when the present price is not the lowest.
    /// </summary>
    [Id(3)] public DateTimeOffset? LowestSince { get; init; }
}
