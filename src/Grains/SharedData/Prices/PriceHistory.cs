namespace Alerts.SharedData.Prices;

/// <summary>
/// How observations become a history: rows ordered by time, each with another price than the row before, each a price eBay really
/// stated at that moment. Late and doubled observations keep that so. What repeats the price before it is not kept, therefore an
/// observation that comes late between two repetitions splits them at the next moment known, not at the one forgotten.
/// </summary>
public static class PriceHistory
{
    /// <summary>What an observation changes, seen from the product's row alone; null when that depends on its neighbours in the history.</summary>
    /// <param name="observed">The observation, already applied to the row.</param>
    /// <param name="stored">The row.</param>
    public static HistoryChange? ByRow(PricePoint observed, StoredPrice stored)
    {
        if (observed.At < stored.Since)
            return null;
        if (observed.At == stored.Since)
            return new() { Add = [observed] };
        if (observed.Price == stored.Price || observed.At == stored.LastSeen)
            return HistoryChange.None;
        return new() { Add = [observed, new(stored.LastSeen, stored.Price)], PriceSince = stored.LastSeen };
    }

    /// <summary>What an observation from before the present price changes.</summary>
    /// <param name="observed">The observation.</param>
    /// <param name="stored">The product's row.</param>
    /// <param name="before">The history's last row not after the observation; null when it is the earliest.</param>
    /// <param name="after">The history's first row after the observation; null when the history was deleted.</param>
    public static HistoryChange ByNeighbours(PricePoint observed, StoredPrice stored, PricePoint? before, PricePoint? after)
    {
        if (before is { } earlier && (earlier.At == observed.At || earlier.Price == observed.Price))
            return HistoryChange.None;
        var repeated = after is { } later && later.Price == observed.Price ? later.At : (DateTime?)null;
        return new()
        {
            Add = [observed],
            Remove = repeated,
            PriceSince = repeated == stored.Since ? observed.At : null,
        };
    }
}
