using Alerts.Search;

namespace Alerts.SharedData.Prices;

/// <summary>What a product's row says of its price.</summary>
/// <param name="Since">When this price was first seen, UTC: the newest row of its history.</param>
/// <param name="LastSeen">When it was last seen, UTC.</param>
/// <param name="Price">The price in the seller's currency.</param>
public readonly record struct StoredPrice(DateTime Since, DateTime LastSeen, Money Price)
{
    /// <summary>What the row says once an observation is applied to it; one that is not newer changes nothing.</summary>
    public StoredPrice After(PricePoint seen)
    {
        if (seen.At <= LastSeen)
            return this;
        return seen.Price == Price ? this with { LastSeen = seen.At } : new(seen.At, seen.At, seen.Price);
    }
}
