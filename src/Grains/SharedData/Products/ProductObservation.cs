using Alerts.SharedData.Prices;

namespace Alerts.SharedData.Products;

/// <summary>A listing as one search saw it at one moment, in the form of the shared database.</summary>
/// <param name="ItemId">The listing's item id, at most 64 ASCII characters.</param>
/// <param name="Point">The moment and the seller's price.</param>
/// <param name="Facts">The other facts that eBay stated.</param>
public sealed record ProductObservation(string ItemId, PricePoint Point, ProductFacts Facts);
