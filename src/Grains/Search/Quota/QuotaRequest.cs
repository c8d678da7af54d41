using System.Collections.Immutable;

namespace Alerts.Search.Quota;

/// <summary>A silo's request for calls.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.QuotaRequest")]
public sealed record QuotaRequest
{
    /// <summary>A random name of the silo's process.</summary>
    [Id(0)] public required string Silo { get; init; }

    /// <summary>Calls wanted for polls, at most 10,000.</summary>
    [Id(1)] public required int Wanted { get; init; }

    /// <summary>Calls for searches that a person waits for.</summary>
    [Id(2)] public required int Urgent { get; init; }

    /// <summary>Calls of the last lease that were not made.</summary>
    [Id(3)] public required int Unspent { get; init; }

    /// <summary>The day of that lease; null when there was none.</summary>
    [Id(4)] public DateTimeOffset? LeasedFor { get; init; }

    /// <summary>The demand of the silo's searches.</summary>
    [Id(5)] public required ImmutableArray<QuotaDemand> Demand { get; init; }

    /// <summary>The silo's address, to look it up in the cluster's membership; null from older releases.</summary>
    [Id(6)] public SiloAddress? Address { get; init; }
}
