using System.Collections.Immutable;

namespace Alerts.SharedData.Prices;

/// <summary>What one observation changes in a listing's price history.</summary>
public sealed record HistoryChange
{
    /// <summary>Nothing.</summary>
    public static readonly HistoryChange None = new();

    /// <summary>Rows to add, unless there is one of the same moment.</summary>
    public ImmutableArray<PricePoint> Add { get; init; } = [];

    /// <summary>A row that says the same as the one before it now.</summary>
    public DateTime? Remove { get; init; }

    /// <summary>When the present price began, where that is another moment now.</summary>
    public DateTime? PriceSince { get; init; }
}
