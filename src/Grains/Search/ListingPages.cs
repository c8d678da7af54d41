using System.Collections.Immutable;
using Alerts.Search.Ebay;

namespace Alerts.Search;

/// <summary>
/// What the pages of one search say together. Where one page by price holds everything, that page; where it does not, the cheapest and the
/// newest, which are asked for in turn. In memory only: eBay has it again.
/// </summary>
sealed class ListingPages
{
    /// <summary>The most pages that are read to find what is new since the last time.</summary>
    public const int MaxNewestPages = 3;

    readonly NewestListings newest = new();
    EbayPage? cheapest;
    DateTimeOffset cheapestAt;

    /// <summary>When the newest were read; null before, and where one page holds everything.</summary>
    DateTimeOffset? newestAt;

    /// <summary>The order that the next call asks for.</summary>
    public EbayOrder Next { get; private set; } = EbayOrder.Price;

    /// <summary>The page by price, read now.</summary>
    public void Take(EbayPage page, DateTimeOffset now)
    {
        (cheapest, cheapestAt) = (page, now);
        Next = page.Total > page.Rows ? EbayOrder.NewlyListed : EbayOrder.Price;
        if (Next is EbayOrder.NewlyListed)
            return;
        newest.Clear();
        newestAt = null;
    }

    /// <summary>Begins to read the newest. Pages are added while <see cref="NewestListings.Reading.IsDone"/> is false.</summary>
    public NewestListings.Reading ReadNewest(DateTimeOffset now) => newest.Begin(now, MaxNewestPages);

    /// <summary>The newest were read.</summary>
    public void Take(NewestListings.Reading reading, DateTimeOffset now)
    {
        newest.End(reading, now);
        newestAt = now;
        Next = EbayOrder.Price;
    }

    /// <summary>All of it as of now; null before the first page by price.</summary>
    public SearchSnapshot? Snapshot()
    {
        if (cheapest is not { } page)
            return null;
        var recent = newest.Listings;
        return new SearchSnapshot
        {
            Version = SnapshotVersion.Of(page.Listings, recent.AsSpan()),
            FetchedAt = newestAt < cheapestAt ? newestAt.Value : cheapestAt,
            Listings = page.Listings,
            Total = page.Total,
            Rows = page.Rows,
            Newest = recent,
            NewestSince = newest.Since,
            MissedSome = newest.MissedSome,
        };
    }
}
