namespace Alerts.Search;

/// <summary>A search's answer to one user: a snapshot, "you have it already", or why there is none.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchAnswer")]
public sealed record SearchAnswer
{
    /// <summary>The content, unless the asker's known version is still the newest or the search failed.</summary>
    [Id(0)] public SearchSnapshot? Snapshot { get; init; }

    /// <summary>When eBay last answered; null if it never did.</summary>
    [Id(1)] public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>Why the search failed, in words for people; null when it did not.</summary>
    [Id(2)] public string? Failure { get; init; }

    /// <summary>When eBay will be asked again at the earliest.</summary>
    [Id(3)] public DateTimeOffset? NextFetch { get; init; }

    /// <summary>The time between two questions to eBay now; null when not known.</summary>
    [Id(4)] public TimeSpan? Interval { get; init; }

    /// <summary>Why it is longer than asked for, in words for people; null when it is not.</summary>
    [Id(5)] public string? IntervalReason { get; init; }

    /// <summary>True when eBay was not asked, because there is no call left or its circuit is open: <see cref="Failure"/> is no fault of eBay's.</summary>
    [Id(6)] public bool IsUnaffordable { get; init; }

    /// <summary>True when more listings match than eBay can sort (its error 12023): the search must be narrowed.</summary>
    [Id(7)] public bool IsTooLarge { get; init; }

    /// <summary>Where the asker's version is the newest, all of the snapshot but its listings; null from a release before 0.9.</summary>
    [Id(8)] public SearchSnapshot? Head { get; init; }

    /// <summary>How often eBay is asked, where that is less often than once a window; null otherwise, and from a release before 0.9.</summary>
    [Id(9)] public SearchPace? Pace { get; init; }

    /// <summary>True when the asker's version is the newest.</summary>
    public bool IsUnchanged => Snapshot is null && Failure is null;
}
