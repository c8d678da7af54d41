using Alerts.Search;
using Alerts.State;

namespace Alerts.Insights;

/// <summary>A listing that costs less than it did.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.ListingInsight")]
public sealed record ListingInsight
{
    /// <summary>The listing as the shared database has it.</summary>
    [Id(0)] public required Listing Listing { get; init; }

    /// <summary>Its price at the beginning of the days, or when it was first seen in them.</summary>
    [Id(1)] public required Money Before { get; init; }

    /// <summary>What its price did.</summary>
    [Id(2)] public required PriceTrend Trend { get; init; }

    /// <summary>When a search last saw it.</summary>
    [Id(3)] public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The part of the price it came down by, 0 to 1.</summary>
    public decimal Drop => (Before.Value - Listing.SellerPrice.Value) / Before.Value;
}
