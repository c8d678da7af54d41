using System.Collections.Immutable;

namespace Alerts.Insights;

/// <summary>The price drops among the listings of one search; shared by all its users.</summary>
/// <param name="Listings">The listings, the largest drop first.</param>
[GenerateSerializer, Immutable, Alias("Alerts.QueryInsight")]
public sealed record QueryInsight([property: Id(0)] ImmutableArray<ListingInsight> Listings);
