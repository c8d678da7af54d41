namespace Alerts.Settings;

/// <summary>Items that can be picked up within a distance.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.PickupPlace")]
public sealed record PickupPlace
{
    /// <summary>Postal code of the centre.</summary>
    [Id(0)] public required string PostalCode { get; init; }

    /// <summary>Country of the postal code, ISO 3166-1 alpha-2; absent: the marketplace's own.</summary>
    [Id(1)] public string? Country { get; init; }

    /// <summary>The distance, 1 to 500.</summary>
    [Id(2)] public required int Radius { get; init; }

    /// <summary><c>mi</c> (default) or <c>km</c>.</summary>
    [Id(3)] public string Unit { get; init; } = "mi";
}
