namespace Alerts.SharedData;

/// <summary>A listing as one search saw it at one moment, in the form the shared database keeps.</summary>
public sealed record ProductObservation
{
    /// <summary>The listing's item id, at most 64 ASCII characters.</summary>
    public required string ItemId { get; init; }

    /// <summary>The listing.</summary>
    public required Listing Listing { get; init; }

    /// <summary>eBay marketplace id of the search.</summary>
    public required string Marketplace { get; init; }

    /// <summary>When, and the seller's price.</summary>
    public required PricePoint Point { get; init; }
}
