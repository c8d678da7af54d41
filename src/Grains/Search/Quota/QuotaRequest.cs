using System.Collections.Immutable;

namespace Alerts.Search.Quota;

/// <summary>A silo asks for calls.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.QuotaRequest")]
public sealed record QuotaRequest
{
    /// <summary>The silo, by a name of its process's own.</summary>
    [Id(0)] public required string Silo { get; init; }

    /// <summary>Calls wanted for polls, at most 10,000.</summary>
    [Id(1)] public required int Wanted { get; init; }

    /// <summary>Calls somebody waits for.</summary>
    [Id(2)] public required int Urgent { get; init; }

    /// <summary>Calls of the last lease that were not made.</summary>
    [Id(3)] public required int Unspent { get; init; }

    /// <summary>The day these were leased for; null when there was no lease.</summary>
    [Id(4)] public DateTimeOffset? LeasedFor { get; init; }

    /// <summary>What the silo's searches are asked for.</summary>
    [Id(5)] public required ImmutableArray<QuotaDemand> Demand { get; init; }

    /// <summary>The silo's address, by which the cluster's membership knows whether it is still there; null from older releases.</summary>
    [Id(6)] public SiloAddress? Address { get; init; }
}
