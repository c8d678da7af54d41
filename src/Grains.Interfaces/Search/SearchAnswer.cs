namespace Alerts.Search;

/// <summary>A search's answer to one user: a snapshot, the note that the user has it already, or the reason why there is none.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchAnswer")]
public sealed record SearchAnswer
{
    /// <summary>The content; null when the asker already has the newest version, or when the search failed.</summary>
    [Id(0)] public SearchSnapshot? Snapshot { get; init; }

    /// <summary>When eBay last answered; null if it never did.</summary>
    [Id(1)] public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>Why the search failed, in words for people; null when it did not fail.</summary>
    [Id(2)] public string? Failure { get; init; }

    /// <summary>The earliest moment at which eBay will be asked again.</summary>
    [Id(3)] public DateTimeOffset? NextFetch { get; init; }

    /// <summary>The time between two calls to eBay now; null when unknown.</summary>
    [Id(4)] public TimeSpan? Interval { get; init; }

    /// <summary>Why that time is longer than the user chose, in words for people; null when it is not.</summary>
    [Id(5)] public string? IntervalReason { get; init; }

    /// <summary>
    /// True when eBay was not asked, because there is no call left or the circuit is open. <see cref="Failure"/> is then no fault of eBay.
    /// </summary>
    [Id(6)] public bool IsUnaffordable { get; init; }

    /// <summary>True when more listings match than eBay can sort (its error 12023): the search must be narrowed.</summary>
    [Id(7)] public bool IsTooLarge { get; init; }

    /// <summary>When the asker already has the newest version: the snapshot without its listings. Null from a release before 0.9.</summary>
    [Id(8)] public SearchSnapshot? Head { get; init; }

    /// <summary>
    /// How often eBay is asked, when that is less often than once a window; otherwise null. Null also from a release before 0.9.
    /// </summary>
    [Id(9)] public SearchPace? Pace { get; init; }

    /// <summary>True when the asker already has the newest version.</summary>
    public bool IsUnchanged => Snapshot is null && Failure is null;
}
