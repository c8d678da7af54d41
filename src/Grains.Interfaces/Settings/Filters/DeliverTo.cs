namespace Alerts.Settings;

/// <summary>A buyer's place. With it, eBay knows the shipping cost and sorts by it.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.DeliverTo")]
public sealed record DeliverTo
{
    /// <summary>ISO 3166-1 alpha-2.</summary>
    [Id(0)] public required string Country { get; init; }

    /// <summary>Postal code; absent: only the country counts.</summary>
    [Id(1)] public string? PostalCode { get; init; }

    /// <summary>
    /// False (default): eBay gets the first part of the postal code, which names an area. All users of that area share the query's calls.
    /// True: eBay gets the whole code, which is more exact and costs separate calls.
    /// </summary>
    [Id(2)] public bool WholePostalCode { get; init; }
}
