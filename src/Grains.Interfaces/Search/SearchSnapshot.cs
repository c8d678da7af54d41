using System.Collections.Immutable;

namespace Alerts.Search;

/// <summary>The result of one query; shared by all its users.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchSnapshot")]
public sealed record SearchSnapshot
{
    /// <summary>Version of the content: equal when listings and prices are equal. Never 0.</summary>
    [Id(0)] public required long Version { get; init; }

    /// <summary>When eBay answered. If <see cref="Newest"/> is not empty, the moment of the older one of two answers.</summary>
    [Id(1)] public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>
    /// The cheapest listings in eBay's order (price with shipping, lowest first), at most <c>Ebay:PageSize</c>. Variations of one listing
    /// are merged.
    /// </summary>
    [Id(2)] public required ImmutableArray<Listing> Listings { get; init; }

    /// <summary>How many listings match, by eBay's count.</summary>
    [Id(3)] public required int Total { get; init; }

    /// <summary>
    /// The newest listings by creation date, newest first, at most <see cref="MaxNewest"/>. Filled when <see cref="Listings"/> cannot hold
    /// all matches, once eBay was asked for the newest. Some listings are in both.
    /// </summary>
    [Id(4)] public ImmutableArray<Listing> Newest { get; init; } = [];

    /// <summary>
    /// <see cref="Newest"/> has every listing that eBay showed and that was created after this moment; null when it is empty. eBay may show
    /// a listing hours after its creation: it then appears late, with its creation date.
    /// </summary>
    [Id(5)] public DateTimeOffset? NewestSince { get; init; }

    /// <summary>True when more new listings came since the previous answer than three pages hold: some were never seen.</summary>
    [Id(6)] public bool MissedSome { get; init; }

    /// <summary>
    /// Rows of eBay's page by price, before variations were merged. 0 in a snapshot of an older release, and when nobody needs the
    /// cheapest.
    /// </summary>
    [Id(7)] public int Rows { get; init; }

    /// <summary>The most listings in <see cref="Newest"/>: three of eBay's largest pages.</summary>
    public const int MaxNewest = 600;

    /// <summary>Whether <see cref="Listings"/> has all matches.</summary>
    public bool HoldsEverything => WatchedCheapest == 0;

    /// <summary>How many of the cheapest are watched when not all matches are: the rows of eBay's page. 0 when all are.</summary>
    public int WatchedCheapest => Math.Max(Rows, Listings.Length) is var held && Total <= held ? 0 : Math.Max(held, 1);
}
