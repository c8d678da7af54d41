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

    /// <summary>Whether more match than the page by price holds.</summary>
    bool isTooMany;

    /// <summary>Whether the newest are next, where both are needed.</summary>
    bool isNewestNext;

    /// <summary>What the search's users need.</summary>
    public WatchedPages Needed { get; set; } = WatchedPages.Both;

    /// <summary>The order that the next call asks for; the first is by price in any case, since it says how many match.</summary>
    public EbayOrder Next => isTooMany && (Needed is WatchedPages.Newest || (isNewestNext && NeedsNewest)) ? EbayOrder.NewlyListed : EbayOrder.Price;

    bool NeedsNewest => Needed is not WatchedPages.Cheapest;

    /// <summary>The page by price, read now.</summary>
    public void Take(EbayPage page, DateTimeOffset now)
    {
        (cheapest, cheapestAt) = (page, now);
        isTooMany = isNewestNext = page.Total > page.Rows;
        if (isTooMany && NeedsNewest)
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
        isNewestNext = false;
        if (Needed is not WatchedPages.Newest || cheapest is not { } page)
            return;
        // The cheapest are not read again, and would be shown for current.
        (cheapest, cheapestAt) = (page with { Listings = [], Total = reading.Total }, now);
        isTooMany = reading.Total > page.Rows;
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
            Rows = page.Listings.IsEmpty ? 0 : page.Rows,
            Newest = recent,
            NewestSince = newest.Since,
            MissedSome = newest.MissedSome,
        };
    }
}
