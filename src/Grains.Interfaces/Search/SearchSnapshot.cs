using System.Collections.Immutable;

namespace Alerts.Search;

/// <summary>What one search found; shared by all who asked for it.</summary>
[GenerateSerializer, Immutable, Alias("Alerts.SearchSnapshot")]
public sealed record SearchSnapshot
{
    /// <summary>Names the content: equal when listings and prices are equal. Never 0.</summary>
    [Id(0)] public required long Version { get; init; }

    /// <summary>When eBay answered; where <see cref="Newest"/> is filled, the older of the two answers.</summary>
    [Id(1)] public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>
    /// The cheapest listings in eBay's order (price with shipping, lowest first), variations of one listing merged,
    /// at most <c>Ebay:PageSize</c>.
    /// </summary>
    [Id(2)] public required ImmutableArray<Listing> Listings { get; init; }

    /// <summary>How many listings match in all, as eBay counts.</summary>
    [Id(3)] public required int Total { get; init; }

    /// <summary>
    /// The newest listings by creation date, newest first, at most <see cref="MaxNewest"/>, where <see cref="Listings"/> cannot hold
    /// everything. Some are in both. Empty where everything fits, and until eBay was first asked for the newest.
    /// </summary>
    [Id(4)] public ImmutableArray<Listing> Newest { get; init; } = [];

    /// <summary>
    /// <see cref="Newest"/> has every listing that eBay showed and that was created after this moment; null where it is empty.
    /// eBay may show a listing hours after its creation: it then appears here late, with its creation date.
    /// </summary>
    [Id(5)] public DateTimeOffset? NewestSince { get; init; }

    /// <summary>True when more new listings came since the answer before than three pages hold: some of them were never seen.</summary>
    [Id(6)] public bool MissedSome { get; init; }

    /// <summary>
    /// Rows of eBay's page by price: <see cref="Listings"/> before variations were merged; 0 in a snapshot of an older release, and where
    /// nobody needs the cheapest.
    /// </summary>
    [Id(7)] public int Rows { get; init; }

    /// <summary>The most listings of <see cref="Newest"/>: three of eBay's largest pages.</summary>
    public const int MaxNewest = 600;

    /// <summary>Whether <see cref="Listings"/> has everything that matches.</summary>
    public bool HoldsEverything => WatchedCheapest == 0;

    /// <summary>How many of the cheapest are watched where not everything is: what eBay's page holds; 0 where that is everything.</summary>
    public int WatchedCheapest => Math.Max(Rows, Listings.Length) is var held && Total <= held ? 0 : Math.Max(held, 1);
}
