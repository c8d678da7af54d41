using System.Collections.Concurrent;
using Alerts.Configuration;
using Alerts.Search.Ebay;
using Microsoft.Extensions.Options;

namespace Alerts.Search;

/// <summary>
/// This silo's replica of the newest answer of each search in this window. The first user in a window asks the grain. Users who come during
/// that call wait for it, and later ones get the answer from here. Safe for concurrent use.
/// </summary>
public sealed class AnswerCache(
    IGrainFactory grains, IOptions<AlertsOptions> options, IOptions<EbayOptions> ebay, SearchMetrics metrics, TimeProvider clock)
{
    readonly ConcurrentDictionary<string, Entry> entries = new();
    readonly ConcurrentDictionary<string, Task> asking = new();
    readonly Lock gate = new();
    readonly long maxBytes = ebay.Value.SnapshotMegabytes * 1024L * 1024;

    /// <summary>The size of all entries together. Guarded by <see cref="gate"/>.</summary>
    long bytes;

    /// <summary>The answer if it is known here; null when the grain must be asked.</summary>
    public SearchAnswer? Find(string query, Asker asker)
    {
        var now = clock.GetUtcNow();
        if (!entries.TryGetValue(query, out var entry) || now >= entry.Until || entry.For(asker, now) is not { } answer)
            return null;
        entry.Count(asker, clock.GetTimestamp());
        metrics.AnsweredHere(answer);
        return answer;
    }

    /// <summary>Asks the grain, and reports how many users were answered here since the last call.</summary>
    public async Task<SearchAnswer> AskAsync(string query, Asker asker)
    {
        if (asking.TryGetValue(query, out var other))
        {
            await other;
            // If that call brought nothing to share, each user asks and learns the reason itself.
            if (Find(query, asker) is { } answer)
                return answer;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isFirst = asking.TryAdd(query, done.Task);
        try
        {
            return await AskGrainAsync(query, asker);
        }
        finally
        {
            if (isFirst)
                asking.TryRemove(query, out _);
            done.SetResult();
        }
    }

    /// <summary>Asks the grain for an answer of this window, even if the search is due later. Other users share the answer.</summary>
    public async Task<SearchAnswer> RefreshAsync(string query, Asker asker)
    {
        metrics.AskedGrain();
        var answer = await grains.GetGrain<ISearchGrain>(query).RefreshAsync(asker.Parts, Said(asker.Pages));
        Put(query, EntryOf(answer, before: null, known: 0));
        return answer;
    }

    async Task<SearchAnswer> AskGrainAsync(string query, Asker asker)
    {
        var before = entries.GetValueOrDefault(query);
        var (served, parts, pages) = before?.TakeCount() ?? (0, 0, WatchedPages.None);
        var known = before?.Snapshot?.Version ?? asker.KnownVersion;
        var answer = await AskGrainAsync(query, known, 1
            + served, asker with { Parts = asker.Parts + parts, Pages = Said(asker.Pages) | pages });
        var entry = EntryOf(answer, before?.Snapshot, known);
        if (entry?.For(asker) is null && answer.Failure is null && known != asker.KnownVersion)
        {
            // The grain left the content out without saying so: it has no snapshot, or it runs an older release.
            answer = await AskGrainAsync(query, asker.KnownVersion, 0, asker with { Parts = 0 });
            entry = EntryOf(answer, null, asker.KnownVersion);
        }

        Put(query, entry);
        return entry?.For(asker) ?? answer;
    }

    Task<SearchAnswer> AskGrainAsync(string query, long knownVersion, int askers, Asker asker)
    {
        metrics.AskedGrain();
        return grains.GetGrain<ISearchGrain>(query).GetAsync(knownVersion, askers, asker.IsWaitedFor, asker.Parts, asker.Pages);
    }

    static WatchedPages Said(WatchedPages pages) => pages is WatchedPages.None ? WatchedPages.Both : pages;

    /// <summary>The entry for later users; null after a fault, and when the grain has nothing.</summary>
    Entry? EntryOf(SearchAnswer answer, SearchSnapshot? before, long known)
    {
        if (answer.Failure is not null)
            return null;
        var snapshot = answer.Snapshot ?? (answer.Head is { } head && head.Version == before?.Version
            ? head with { Listings = before.Listings, Newest = before.Newest }
            : null);
        var version = snapshot?.Version ?? known;
        return version == 0
            ? null
            : new Entry(version, answer with { Snapshot = snapshot, Head = null },
                SearchWindow.NextFetch(clock.GetUtcNow(), options.Value.ReminderPeriod));
    }

    void Put(string query, Entry? entry)
    {
        lock (gate)
        {
            if (entries.TryRemove(query, out var before))
                bytes -= before.Bytes;
            if (entry is null)
                return;
            entry.Use(clock.GetTimestamp());
            bytes += entry.Bytes;
            entries[query] = entry;
            if (bytes > maxBytes)
                Forget();
        }
    }

    /// <summary>Removes the quarter of the entries that were unused for the longest time. Each then costs one call to its grain.</summary>
    void Forget()
    {
        foreach (var (query, entry) in entries.OrderBy(pair => pair.Value.UsedAt))
        {
            if (bytes <= maxBytes / 4 * 3)
                return;
            if (entries.TryRemove(query, out _))
                bytes -= entry.Bytes;
        }
    }

    sealed class Entry(long version, SearchAnswer full, DateTimeOffset until)
    {
        readonly Lock gate = new();
        readonly SearchAnswer unchanged = full with { Snapshot = null };
        int served;
        double partsServed;
        WatchedPages pagesServed;
        long usedAt;

        /// <summary>The content; null when all users who asked had it already.</summary>
        public SearchSnapshot? Snapshot => full.Snapshot;

        /// <summary>The end of the window; after it the grain may have a newer answer.</summary>
        public DateTimeOffset Until => until;

        public long Bytes { get; } = SnapshotSize.Of(full.Snapshot);

        public long UsedAt => Volatile.Read(ref usedAt);

        /// <summary>The answer for this asker; null when it is not known here.</summary>
        /// <param name="now">The present, to refuse an answer too old for an asker who waits; null right after the grain was asked.</param>
        public SearchAnswer? For(Asker asker, DateTimeOffset? now = null)
        {
            if (asker.KnownVersion == version)
                return unchanged;
            if (Snapshot is not { } snapshot || (now is { } at && asker.IsWaitedFor && !Freshness.IsCurrent(snapshot.FetchedAt, at)))
                return null;
            return now is null || asker.SeenVersion == version || !(asker.SeenAt >= snapshot.FetchedAt) ? full : null;
        }

        public void Use(long timestamp) => Volatile.Write(ref usedAt, timestamp);

        public void Count(Asker asker, long timestamp)
        {
            Use(timestamp);
            lock (gate)
                (served, partsServed, pagesServed) = (served + 1, partsServed + asker.Parts, pagesServed | Said(asker.Pages));
        }

        public (int Askers, double Parts, WatchedPages Pages) TakeCount()
        {
            lock (gate)
            {
                var taken = (served, partsServed, pagesServed);
                (served, partsServed, pagesServed) = (0, 0, WatchedPages.None);
                return taken;
            }
        }
    }
}
