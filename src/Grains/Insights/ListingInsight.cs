using Alerts.Search;
using Alerts.State;

namespace Alerts.Insights;

/// <summary>A listing whose price dropped.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.ListingInsight")]
public sealed record ListingInsight
{
    /// <summary>The listing as the shared database has it.</summary>
    [Id(0)] public required Listing Listing { get; init; }

    /// <summary>Its price at the beginning of the span, or when it was first seen after that.</summary>
    [Id(1)] public required Money Before { get; init; }

    /// <summary>How its price changed.</summary>
    [Id(2)] public required PriceTrend Trend { get; init; }

    /// <summary>When a search last saw it.</summary>
    [Id(3)] public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The drop as a fraction of the earlier price, 0 to 1.</summary>
    public decimal Drop => (Before.Value - Listing.SellerPrice.Value) / Before.Value;
}
