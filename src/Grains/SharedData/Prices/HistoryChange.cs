using System.Collections.Immutable;

namespace Alerts.SharedData.Prices;

/// <summary>The change that one observation makes to a listing's price history.</summary>
public sealed record HistoryChange
{
    public static readonly HistoryChange None = new();

    /// <summary>Rows to add, unless a row of the same moment exists.</summary>
    public ImmutableArray<PricePoint> Add { get; init; } = [];

    /// <summary>A row to remove, because it now repeats the one before it.</summary>
    public DateTime? Remove { get; init; }

    /// <summary>When the present price began, if that moment changes.</summary>
    public DateTime? PriceSince { get; init; }
}
