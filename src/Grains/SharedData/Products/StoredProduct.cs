using Alerts.SharedData.Prices;

namespace Alerts.SharedData.Products;

/// <summary>The part of a product's row from which a writer decides. Pure.</summary>
/// <param name="FirstSeen">When the listing was first seen, UTC.</param>
/// <param name="Price">Its price, and when that was first and last seen.</param>
/// <param name="Digest"><see cref="ProductFacts.Digest"/> of its other columns.</param>
public readonly record struct StoredProduct(DateTime FirstSeen, StoredPrice Price, long Digest)
{
    /// <summary>Whether an observation is newer than the row; only then does it change the present values.</summary>
    public bool IsOlderThan(ProductObservation seen) => seen.Point.At > Price.LastSeen;

    /// <summary>Whether an observation differs from the row in anything but the time.</summary>
    public bool DiffersFrom(ProductObservation seen) => seen.Point.Price != Price.Price || seen.Facts.Digest != Digest;
}
