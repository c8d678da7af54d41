namespace Alerts.Settings;

/// <summary>A range of item prices, including both ends. One end may be absent, not both.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.PriceRange")]
public sealed record PriceRange
{
    /// <summary>Lowest price, at least 0; absent: no lower bound.</summary>
    [Id(0)] public decimal? Min { get; init; }

    /// <summary>Highest price, not under <see cref="Min"/>; absent: no upper bound.</summary>
    [Id(1)] public decimal? Max { get; init; }

    /// <summary>ISO 4217 code; default the marketplace's own currency.</summary>
    [Id(2)] public string? Currency { get; init; }
}
