using Alerts.Search;

namespace Alerts.SharedData.Prices;

/// <summary>The price in a product's row.</summary>
/// <param name="Since">When this price was first seen, UTC; the moment of the history's newest row.</param>
/// <param name="LastSeen">When it was last seen, UTC.</param>
/// <param name="Price">The price in the seller's currency.</param>
public readonly record struct StoredPrice(DateTime Since, DateTime LastSeen, Money Price)
{
    /// <summary>The row's price after an observation; an observation that is not newer changes nothing.</summary>
    public StoredPrice After(PricePoint seen)
    {
        if (seen.At <= LastSeen)
            return this;
        return seen.Price == Price ? this with { LastSeen = seen.At } : new(seen.At, seen.At, seen.Price);
    }
}
