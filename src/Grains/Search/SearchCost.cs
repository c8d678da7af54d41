namespace Alerts.Search;

/// <summary>The calls that one query costs, as its silo knows them.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchCost")]
public sealed record SearchCost
{
    /// <summary>The canonical query.</summary>
    [Id(0)] public required string Query { get; init; }

    /// <summary>The time between two calls to eBay at the present pace.</summary>
    [Id(1)] public required TimeSpan Interval { get; init; }

    /// <summary>Calls in a day at this pace.</summary>
    [Id(2)] public required double CallsPerDay { get; init; }

    /// <summary>When eBay last answered; null before the first time.</summary>
    [Id(3)] public DateTimeOffset? FetchedAt { get; init; }
}
