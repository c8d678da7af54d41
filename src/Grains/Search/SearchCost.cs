namespace Alerts.Search;

/// <summary>What a distinct search costs, as its silo knows.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchCost")]
public sealed record SearchCost
{
    /// <summary>The canonical query.</summary>
    [Id(0)] public required string Query { get; init; }

    /// <summary>The time between two questions to eBay, at the pace of now.</summary>
    [Id(1)] public required TimeSpan Interval { get; init; }

    /// <summary>Calls in a day, if it goes on like this.</summary>
    [Id(2)] public required double CallsPerDay { get; init; }

    /// <summary>When eBay last answered; null before the first time.</summary>
    [Id(3)] public DateTimeOffset? FetchedAt { get; init; }
}
