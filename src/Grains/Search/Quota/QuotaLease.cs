namespace Alerts.Search.Quota;

/// <summary>The calls that a silo may make, and the pace of a search.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.QuotaLease")]
public sealed record QuotaLease
{
    /// <summary>Calls that may be made until <see cref="EndsAt"/>.</summary>
    [Id(0)] public required int Calls { get; init; }

    /// <summary>When to renew the lease; not after the end of eBay's day.</summary>
    [Id(1)] public required DateTimeOffset EndsAt { get; init; }

    /// <summary>End of the day to which the calls belong.</summary>
    [Id(2)] public required DateTimeOffset DayEndsAt { get; init; }

    /// <summary>Calls a second for each share; infinite when there are enough calls for all.</summary>
    [Id(3)] public required double Pace { get; init; }

    /// <summary>Until when the circuit is open; null while eBay accepts calls.</summary>
    [Id(4)] public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>Whether this lease's one call probes if eBay accepts calls again.</summary>
    [Id(5)] public bool IsProbe { get; init; }

    /// <summary>The day's calls.</summary>
    [Id(6)] public required int Limit { get; init; }

    /// <summary>Searches in the whole cluster that share the calls.</summary>
    [Id(7)] public required int Searches { get; init; }

    /// <summary>Calls left today after this lease.</summary>
    [Id(8)] public required int Left { get; init; }

    /// <summary>When <see cref="Calls"/> are used up, there are none for polls before this moment; null when there may be.</summary>
    [Id(9)] public DateTimeOffset? NoPollsUntil { get; init; }

    /// <summary>
    /// When <see cref="Calls"/> are used up, there are none for searches that a person waits for before this moment; null when there may
    /// be.
    /// </summary>
    [Id(10)] public DateTimeOffset? NoUrgentUntil { get; init; }
}
