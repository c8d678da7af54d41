namespace Alerts.SharedData;

/// <summary>What the product's row says of its price after an observation was applied to it.</summary>
/// <param name="Since">When this price was first seen, UTC: the newest row of its history.</param>
/// <param name="LastSeen">When it was last seen, UTC.</param>
/// <param name="Price">The price in the seller's currency.</param>
public readonly record struct StoredPrice(DateTime Since, DateTime LastSeen, Money Price);
