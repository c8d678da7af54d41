using System.Collections.Immutable;

namespace Alerts.Settings;

/// <summary>A property of a category's items at eBay, and the wanted values: Color, Red or Blue.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.AspectFilter")]
public sealed record AspectFilter
{
    /// <summary>eBay's name of the aspect in the marketplace's language, at most 50 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>The values; one of them must match: 1 to 20 of at most 65 characters.</summary>
    [Id(1)] public required ImmutableArray<string> Values { get; init; }
}
