using System.Collections.Immutable;

namespace Alerts.SharedData.Prices;

/// <summary>A listing's own prices over a span of time.</summary>
public sealed record PriceSeries
{
    /// <summary>eBay's RESTful item id.</summary>
    public required string ItemId { get; init; }

    /// <summary>
    /// The prices in order of time; each was valid until the next. The first is the one valid at the beginning of the span, with the moment
    /// it was first seen, if known.
    /// </summary>
    public required ImmutableArray<PricePoint> Points { get; init; }

    /// <summary>How many prices there were; more than the points when the series was thinned.</summary>
    public required int Total { get; init; }
}
