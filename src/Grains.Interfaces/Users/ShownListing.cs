using Alerts.Search;

namespace Alerts.Users;

/// <summary>A listing as a page showed it to its user.</summary>
/// <param name="Number">The listing's number.</param>
/// <param name="SellerPrice">The price shown there, in the seller's currency.</param>
[GenerateSerializer, Immutable, Alias("Alerts.ShownListing")]
public readonly record struct ShownListing([property: Id(0)] long Number, [property: Id(1)] Money SellerPrice);
