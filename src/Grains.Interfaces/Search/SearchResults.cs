using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Alerts.Search;

/// <summary>The present results of one of a user's searches, as last fetched.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchResults")]
public sealed record SearchResults
{
    /// <summary>The search's id within its user.</summary>
    [Id(0)] public required string SearchId { get; init; }

    /// <summary>The phrase as the user wrote it.</summary>
    [Id(1)] public required string Phrase { get; init; }

    /// <summary>eBay marketplace id.</summary>
    [Id(2)] public required string Marketplace { get; init; }

    /// <summary>When eBay answered; absent before its first answer, and when the last one is too old to be shown.</summary>
    [Id(3)] public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>Seconds since then.</summary>
    [Id(4)] public int? AgeSeconds { get; init; }

    /// <summary>How many listings match, by eBay's count.</summary>
    [Id(5)] public int? Total { get; init; }

    /// <summary>The listings that the user does not exclude, in eBay's order (price with shipping, lowest first).</summary>
    [Id(6)] public ImmutableArray<Listing> Listings { get; init; } = [];

    /// <summary>When the user's check of this search last succeeded; absent before the first.</summary>
    [Id(7)] public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Why the last fetch failed; absent when it did not.</summary>
    [Id(8)] public string? LastFailure { get; init; }

    /// <summary>The earliest moment at which eBay will be asked again; absent when unknown.</summary>
    [Id(9)] public DateTimeOffset? NextFetch { get; init; }

    /// <summary>Seconds between two calls to eBay now; absent when unknown.</summary>
    [Id(10)] public int? IntervalSeconds { get; init; }

    /// <summary>Why eBay is asked less often than the user chose, in the user's language; otherwise absent.</summary>
    [Id(11)] public string? IntervalReason { get; init; }

    /// <summary>When a listing of this search was last in a mail; absent before the first.</summary>
    [Id(12)] public DateTimeOffset? LastNews { get; init; }

    /// <summary>
    /// Which part of the matches is watched, in the user's language: all of them, or all new ones and the cheapest. Absent before an
    /// answer.
    /// </summary>
    [Id(13)] public string? Scope { get; init; }

    /// <summary>True while the search is paused because more listings match than eBay can sort; it is tried again once a day.</summary>
    [Id(14)] public bool TooLarge { get; init; }

    /// <summary>The listings that were listed last, newest first, at most three; for pages.</summary>
    [JsonIgnore]
    [Id(15)] public ImmutableArray<Listing> Newest { get; init; } = [];

    /// <summary>
    /// Those of <see cref="Listings"/> and <see cref="Newest"/> that were named to the user, and the last 20 named ones that are gone; for
    /// pages.
    /// </summary>
    [JsonIgnore]
    [Id(16)] public ImmutableArray<ToldListing> Told { get; init; } = [];
}
