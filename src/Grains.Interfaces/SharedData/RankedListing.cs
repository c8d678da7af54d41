using Alerts.Search;

namespace Alerts.SharedData;

/// <summary>A listing and its place in a search's result.</summary>
/// <param name="Rank">0 for the first.</param>
/// <param name="Listing">The listing.</param>
[GenerateSerializer, Immutable, Alias("Alerts.RankedListing")]
public readonly record struct RankedListing([property: Id(0)] int Rank, [property: Id(1)] Listing Listing);
