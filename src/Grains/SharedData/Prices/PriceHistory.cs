namespace Alerts.SharedData.Prices;

/// <summary>
/// Turns observations into a history. Its rows are ordered by time. Each has another price than the row before, and eBay stated that price
/// at that moment. This holds for late and repeated observations too. Repetitions of a price are not stored. So a late observation between
/// two repetitions of a price splits them at the next stored moment, not at the forgotten repetition.
/// </summary>
public static class PriceHistory
{
    /// <summary>The change, decided from the product's row alone; null when it depends on the neighbouring rows of the history.</summary>
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

    /// <summary>The change made by an observation from before the present price.</summary>
    /// <param name="observed">The observation.</param>
    /// <param name="stored">The product's row.</param>
    /// <param name="before">The last history row that is not after the observation; null when there is none.</param>
    /// <param name="after">The first history row after the observation; null when the history was deleted.</param>
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
