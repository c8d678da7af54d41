using System.Collections.Immutable;

namespace Alerts.SharedData.Prices;

/// <summary>A listing's own prices over a time.</summary>
public sealed record PriceSeries
{
    /// <summary>eBay's RESTful item id.</summary>
    public required string ItemId { get; init; }

    /// <summary>
    /// The prices in order of time, each standing until the next. The first is the one that stood at the beginning, with the moment it
    /// was first seen, where that is known.
    /// </summary>
    public required ImmutableArray<PricePoint> Points { get; init; }

    /// <summary>How many prices there were; more than there are points when they were thinned out.</summary>
    public required int Total { get; init; }
}
