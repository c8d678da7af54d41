using Alerts.Search;

namespace Alerts.SharedData.Prices;

/// <summary>A listing's own price at one moment.</summary>
/// <param name="At">When eBay stated the price, UTC in whole milliseconds.</param>
/// <param name="Price">The price in the seller's currency.</param>
public readonly record struct PricePoint(DateTime At, Money Price);
