namespace Alerts.Settings;

/// <summary>Where a search's buyer is. eBay then knows what shipping costs, and orders by it.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.DeliverTo")]
public sealed record DeliverTo
{
    /// <summary>ISO 3166-1 alpha-2.</summary>
    [Id(0)] public required string Country { get; init; }

    /// <summary>Postal code; absent: the country alone.</summary>
    [Id(1)] public string? PostalCode { get; init; }

    /// <summary>
    /// False (default): eBay gets the first part of the postal code, which names an area, and everybody of that area shares the search's
    /// calls. True: eBay gets all of it, which is more exact and costs calls of its own.
    /// </summary>
    [Id(2)] public bool WholePostalCode { get; init; }
}
