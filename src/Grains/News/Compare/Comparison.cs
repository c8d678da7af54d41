using System.Collections.Immutable;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>
/// What of a search's newest result is worth telling to one user, and what to remember of it. Pure: the same inputs give the
/// same answer, whatever the order of the listings. The rules, and why, are in docs/decisions/0040-what-is-news.md.
/// </summary>
public static class Comparison
{
    /// <summary>How long a listing that is gone from the results is remembered.</summary>
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromDays(30);

    /// <summary>Compares a snapshot with what the user's search remembers.</summary>
    /// <param name="search">What to look for and what is worth telling.</param>
    /// <param name="memory">What the search remembers.</param>
    /// <param name="snapshot">The newest result.</param>
    /// <param name="notify">With <see cref="NotifyMode.EveryCheck"/> the cheapest listings are the news, every time.</param>
    /// <param name="now">The present.</param>
    /// <param name="told">What the user's other searches told; takes up what this one tells.</param>
    /// <param name="maxSeen">The most listings remembered; of more the dearest are not looked at, and those gone for longest are forgotten.</param>
    public static ComparisonResult Compare(
        SearchSettings search, SearchMemory memory, SearchSnapshot snapshot, NotifyMode notify, DateTimeOffset now, NotifiedListings told, int maxSeen = 500)
    {
        var isEveryCheck = notify is NotifyMode.EveryCheck;
        var isFirstSight = memory.LastSuccess is null;
        var page = ComparisonPage.Of(search, snapshot, maxSeen);
        var known = ComparisonMatch.Of(memory, page, now);
        var coverage = new ComparisonCoverage(memory);
        var rules = new ComparisonRules(search.Rules, memory.SearchId, told, IsThere, snapshot.FetchedAt, now);
        var seen = new List<SeenListing>(page.Count + known.Gone.Count);
        var news = new List<NewsItem>();
        var listsAll = isFirstSight || isEveryCheck;
        var relisted = new List<Relisting>();
        var deferred = false;
        foreach (var listing in page)
        {
            var before = known.Find(listing);
            var verdict = isEveryCheck ? rules.List(before, listing)
                : isFirstSight ? rules.ListFirst(listing)
                : before is { } remembered ? rules.Again(remembered, listing)
                : rules.First(listing, coverage.IsNew(listing));
            seen.Add(verdict.Seen);
            deferred |= verdict.IsDeferred;
            var inThisRun = verdict.News is null ? null : told.InThisRun(verdict.Seen, IsThere);
            if (verdict.News is { } item && inThisRun is null)
                news.Add(item);
            if ((inThisRun?.Number ?? verdict.Before) is { } former && former != listing.ListingNumber)
                relisted.Add(new Relisting(former, listing.WithoutSeller(), told.SeenElsewhereSince(memory.SearchId, verdict.Seen, snapshot.FetchedAt, IsThere)));
        }

        var changed = isFirstSight || known.Differ(seen);
        seen.AddRange(known.Gone);
        news.Sort(NewsOrder.Compare);
        ImmutableArray<NewsItem> shown = [.. news.Take(NotificationSection.MaxItems)];
        var next = memory with
        {
            SnapshotVersion = deferred ? 0 : snapshot.Version,
            LastSuccess = snapshot.FetchedAt,
            LastFailure = null,
            Horizon = ComparisonPage.HorizonOf(snapshot),
            Seen = ComparisonMatch.Keep(seen, memory.Seen, maxSeen),
        };
        // Every piece of news counts as told, shown or counted; of a list only what it shows, so that a narrower search may still show the rest.
        foreach (var item in listsAll ? shown : (IEnumerable<NewsItem>)news)
            told.Add(next.Find(item.Listing.ListingNumber)!.Value);
        return new ComparisonResult { Next = next, News = shown, Omitted = news.Count - shown.Length, Relisted = relisted, MustWrite = changed };

        bool IsThere(long number) => page.Exists(listing => listing.ListingNumber == number);
    }
}
