using System.Collections.Immutable;

namespace Alerts.Insights;

/// <summary>What came down among the listings of one search; shared by all its users.</summary>
/// <param name="Listings">The listings, the greatest drop first.</param>
[GenerateSerializer, Immutable, Alias("Alerts.QueryInsight")]
public sealed record QueryInsight([property: Id(0)] ImmutableArray<ListingInsight> Listings);
