namespace Alerts.Settings;

/// <summary>Where items are; a country or a region.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.ItemLocation")]
public sealed record ItemLocation
{
    /// <summary>ISO 3166-1 alpha-2; means the same as the search's <c>locationCountry</c>.</summary>
    [Id(0)] public string? Country { get; init; }

    /// <summary>eBay's region, such as <c>EUROPEAN_UNION</c>; the possible regions depend on the marketplace.</summary>
    [Id(1)] public string? Region { get; init; }
}
