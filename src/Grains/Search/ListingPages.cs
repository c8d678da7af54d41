using System.Collections.Immutable;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;

namespace Alerts.Search;

/// <summary>
/// Combines the pages of one search. If one page by price holds all matches, it is enough. Otherwise the cheapest and the newest are
/// fetched in turn. In memory only: eBay can be asked again.
/// </summary>
sealed class ListingPages
{
    /// <summary>Pages read at most to find all listings created since the last reading.</summary>
    public const int MaxNewestPages = 3;

    readonly NewestListings newest = new();
    EbayPage? cheapest;
    DateTimeOffset cheapestAt;

    /// <summary>When the newest were read; null before that, and when one page holds all matches.</summary>
    DateTimeOffset? newestAt;

    /// <summary>Whether more listings match than the page by price holds.</summary>
    bool isTooMany;

    /// <summary>Whether the newest are next, when both are needed.</summary>
    bool isNewestNext;

    /// <summary>The pages that the search's users need.</summary>
    public WatchedPages Needed { get; set; } = WatchedPages.Both;

    /// <summary>The order of the next call. The first call is by price, since its page says how many match.</summary>
    public EbayOrder Next =>
        isTooMany && (Needed is WatchedPages.Newest || (isNewestNext && NeedsNewest)) ? EbayOrder.NewlyListed : EbayOrder.Price;

    bool NeedsNewest => Needed is not WatchedPages.Cheapest;

    /// <summary>Adds the page by price, read now.</summary>
    public void Take(EbayPage page, DateTimeOffset now)
    {
        (cheapest, cheapestAt) = (page, now);
        isTooMany = isNewestNext = page.Total > page.Rows;
        if (isTooMany && NeedsNewest)
            return;
        newest.Clear();
        newestAt = null;
    }

    /// <summary>Begins to read the newest. Add pages while <see cref="NewestListings.Reading.IsDone"/> is false.</summary>
    public NewestListings.Reading ReadNewest(DateTimeOffset now) => newest.Begin(now, MaxNewestPages);

    /// <summary>Adds a finished reading of the newest.</summary>
    public void Take(NewestListings.Reading reading, DateTimeOffset now)
    {
        newest.End(reading, now);
        newestAt = now;
        isNewestNext = false;
        if (Needed is not WatchedPages.Newest || cheapest is not { } page)
            return;
        // The cheapest are not read any more and must not be shown as current.
        (cheapest, cheapestAt) = (page with { Listings = [], Total = reading.Total }, now);
        isTooMany = reading.Total > page.Rows;
    }

    /// <summary>All pages as one snapshot; null before the first page by price.</summary>
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
