using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;

namespace Alerts.News.Compare;

/// <summary>
/// Decides which listings of a search's newest result are news to one user, and what to remember. Pure: the order of the listings does not
/// matter. Decisions 40 and 80 in docs/decisions explain the rules.
/// </summary>
public static class Comparison
{
    /// <summary>How long a listing that left the results is remembered.</summary>
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromDays(30);

    /// <summary>New listings of a search that may wait for a mail. Of more, the oldest are only counted.</summary>
    public const int MaxWaiting = 200;

    /// <summary>Compares a snapshot with the memory of the user's search.</summary>
    /// <param name="maxSeen">
    /// Listings remembered at most. Further ones are not compared; those gone for the longest time are forgotten first.
    /// </param>
    public static ComparisonResult Compare(
        SearchSettings search, SearchMemory memory, SearchSnapshot snapshot, NotifyMode notify, DateTimeOffset now,
            NotifiedListings notified, int maxSeen = 500)
    {
        var isEveryCheck = notify is NotifyMode.EveryCheck;
        var isFirst = memory.LastSuccess is null || memory.AwaitsFirstResults;
        var page = ComparisonPage.Of(search, memory, snapshot, maxSeen);
        var known = ComparisonMatch.Of(memory, page.Listings, now);
        var coverage = new ComparisonCoverage(memory, snapshot.FetchedAt);
        var rules = new ComparisonRules(search, memory.SearchId, notified, page.Has, snapshot.FetchedAt, now, memory.StartedAt);
        var ending = new EndingAuctions(search.Rules, notified, now);
        var seen = new List<SeenListing>(page.Count + known.Gone.Count);
        var news = new List<NewsItem>();
        var deferred = false;
        foreach (var listing in page.Listings)
        {
            var before = known.Find(listing);
            var verdict = isFirst
                ? rules.ForFirstResults(before, listing, isNew: IsNewBeforeFirstMail(memory, before, listing, coverage), isEveryCheck)
                : before is { } remembered ? rules.Known(remembered, listing)
                : rules.Unknown(listing, coverage.IsNew(listing));
            if (isEveryCheck)
                verdict = rules.Listed(verdict, listing);
            verdict = ending.Of(verdict, before, listing);
            seen.Add(verdict.Seen);
            deferred |= verdict.IsDeferred;
            if (verdict.News is { } item)
                news.Add(item);
        }

        var overflow = LimitWaiting(seen, news);
        var changed = memory.LastSuccess is null || known.Differ(seen);
        // Before the first mail nothing was named. A listing that left by then is named when it comes back.
        seen.AddRange(isFirst ? known.Gone.Select(gone => gone with { IsWaiting = gone.NotifiedAt is null }) : known.Gone);
        news.Sort(NewsOrder.Compare);
        var next = memory with
        {
            SnapshotVersion = deferred ? 0 : snapshot.Version,
            // A listing that was there when the user began to watch is never new.
            StartedAt = memory.StartedAt ?? (memory.LastSuccess is null ? snapshot.FetchedAt : null),
            LastSuccess = snapshot.FetchedAt,
            LastFailure = null,
            Horizon = ComparisonPage.HorizonOf(snapshot),
            AwaitsFirstResults = isFirst,
            NextEnding = ending.Next,
            EndingWaits = news.Any(item => item.IsEnding),
            PassedOver = memory.PassedOver + overflow,
            Seen = ComparisonMatch.Keep(seen, memory.Seen, maxSeen),
        };
        return new ComparisonResult { Next = next, News = news, IsFirst = isFirst, MustWrite = changed
            || next.NextEnding != memory.NextEnding };
    }

    /// <summary>A listing that was not in the first answer is new, even while the mail of the first results still waits.</summary>
    static bool IsNewBeforeFirstMail(SearchMemory memory, SeenListing? before, Listing listing, ComparisonCoverage coverage) =>
        before is { } remembered ? remembered.IsWaiting : memory.LastSuccess is not null && coverage.IsNew(listing);

    /// <summary>If too many new listings wait, the oldest stop waiting. Returns how many.</summary>
    static int LimitWaiting(List<SeenListing> seen, List<NewsItem> news)
    {
        var waiting = news.Where(item => item.Before is { IsWaiting: true }).ToList();
        if (waiting.Count <= MaxWaiting)
            return 0;
        var passed = waiting.OrderBy(item => item.Listing.CreatedAt).ThenBy(item => item.Listing.ListingNumber)
            .Take(waiting.Count - MaxWaiting).Select(item => item.Listing.ListingNumber).ToHashSet();
        news.RemoveAll(item => item.Before is { IsWaiting: true } && passed.Contains(item.Listing.ListingNumber));
        for (var i = 0; i < seen.Count; i++)
        {
            if (passed.Contains(seen[i].Number))
                seen[i] = seen[i] with { IsWaiting = false };
        }

        return passed.Count;
    }
}
