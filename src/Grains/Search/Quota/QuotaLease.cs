namespace Alerts.Search.Quota;

/// <summary>Calls a silo may make, and how often a search may.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.QuotaLease")]
public sealed record QuotaLease
{
    /// <summary>Calls that may be made until <see cref="EndsAt"/>.</summary>
    [Id(0)] public required int Calls { get; init; }

    /// <summary>When the lease is to be renewed, not after the end of eBay's day.</summary>
    [Id(1)] public required DateTimeOffset EndsAt { get; init; }

    /// <summary>End of the day the calls are of.</summary>
    [Id(2)] public required DateTimeOffset DayEndsAt { get; init; }

    /// <summary>Calls a second for each share; infinite when there are enough for all.</summary>
    [Id(3)] public required double Pace { get; init; }

    /// <summary>Until when eBay is left alone; null while it takes calls.</summary>
    [Id(4)] public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>Whether the one call of this lease is to find out if eBay takes calls again.</summary>
    [Id(5)] public bool IsProbe { get; init; }

    /// <summary>The day's calls.</summary>
    [Id(6)] public required int Limit { get; init; }

    /// <summary>Searches in the whole cluster that share them.</summary>
    [Id(7)] public required int Searches { get; init; }

    /// <summary>Calls left today when this was leased, not counting those of this lease.</summary>
    [Id(8)] public required int Left { get; init; }

    /// <summary>Once <see cref="Calls"/> are made, none for polls before this moment; null when there may be.</summary>
    [Id(9)] public DateTimeOffset? NoPollsUntil { get; init; }

    /// <summary>Once <see cref="Calls"/> are made, none that a person waits for before this moment; null when there may be.</summary>
    [Id(10)] public DateTimeOffset? NoUrgentUntil { get; init; }
}
