using System.Collections.Immutable;
using Alerts.News.Compare;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.Texts;

namespace Alerts.Users;

/// <summary>The present results of a user's searches.</summary>
static class ResultsReader
{
    const int MaxNewest = 3;
    const int MaxGone = 20;

    /// <summary>One result for each search, in the user's order, with at most <paramref name="limit"/> listings each.</summary>
    public static Task<SearchResults[]> ReadAsync(IGrainFactory grains, UserState user, int limit, DateTimeOffset now,
        TimeSpan reminderPeriod) =>
        Task.WhenAll(user.Settings.Searches.Select(search => ReadAsync(grains, user, search, limit, now, reminderPeriod, mayAsk: true)));

    /// <summary>The same without asking eBay: only what is known.</summary>
    public static Task<SearchResults[]> PeekAsync(IGrainFactory grains, UserState user, int limit, DateTimeOffset now,
        TimeSpan reminderPeriod) =>
        Task.WhenAll(user.Settings.Searches.Select(search => ReadAsync(grains, user, search, limit, now, reminderPeriod, mayAsk: false)));

    static async Task<SearchResults> ReadAsync(
        IGrainFactory grains, UserState user, SearchSettings search, int limit, DateTimeOffset now, TimeSpan reminderPeriod, bool mayAsk)
    {
        var grain = grains.GetGrain<ISearchGrain>(SearchQuery.KeyOf(search, user.Settings.Language));
        var answer = await grain.PeekAsync();
        // The snapshot was lost at a restart or after an idle time, or is too old. One call brings it back for all users of the query.
        if (mayAsk && !IsCurrent(answer.Snapshot, now))
            answer = await grain.GetAsync(0, isWaitedFor: true, pages: search.Pages());
        var snapshot = IsCurrent(answer.Snapshot, now) ? answer.Snapshot : null;
        var memory = user.Searches.FirstOrDefault(memory => memory.SearchId == search.Id);
        var texts = TextCatalogue.Of(user.Settings.Language);
        List<Listing> found = snapshot is null ? [] : [.. ListingFilter.Shown(search, snapshot)];
        ImmutableArray<Listing> listings = [.. found.Take(limit)];
        ImmutableArray<Listing> newest = [.. found.OrderByDescending(listing => listing.CreatedAt).Take(MaxNewest)];
        return new SearchResults
        {
            SearchId = search.Id!,
            Phrase = search.Phrase,
            Marketplace = search.Marketplace,
            FetchedAt = snapshot?.FetchedAt,
            AgeSeconds = snapshot is null ? null : (int)(now - snapshot.FetchedAt).TotalSeconds,
            Total = snapshot?.Total,
            Listings = listings,
            Newest = newest,
            Told = ToldOf(memory, listings.Concat(newest)),
            Scope = snapshot is null ? null : ScopeText.Of(texts, search, snapshot),
            TooLarge = answer.IsTooLarge || memory?.TooLargeAt is not null,
            LastSuccess = memory?.LastSuccess,
            LastNews = memory?.Seen.Max(seen => seen.NotifiedAt),
            LastFailure = answer.Failure ?? memory?.LastFailure,
            NextFetch = answer.NextFetch,
            IntervalSeconds = (int?)answer.Interval?.TotalSeconds,
            IntervalReason = answer.Pace is null
                ? answer.IntervalReason : PaceText.Of(texts, answer.Pace, Schedule.Interval(user.Settings, reminderPeriod)),
        };
    }

    static ImmutableArray<ToldListing> ToldOf(SearchMemory? memory, IEnumerable<Listing> shown)
    {
        if (memory is null)
            return [];
        var there = shown.Select(listing => memory.Find(listing.ListingNumber)).OfType<SeenListing>().Distinct()
            .Where(seen => seen is { GoneSince: null, NotifiedAt: not null });
        var gone = memory.Seen.Where(seen => seen is { GoneSince: not null, NotifiedAt: not null })
            .OrderByDescending(seen => seen.GoneSince);
        return [.. there.Concat(gone.Take(MaxGone)).Select(seen => new ToldListing(seen.Number, seen.NotifiedAt!.Value, seen.GoneSince))];
    }

    static bool IsCurrent(SearchSnapshot? snapshot, DateTimeOffset now) =>
        snapshot is not null && Freshness.IsCurrent(snapshot.FetchedAt, now);
}
