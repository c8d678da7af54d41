using System.Collections.Concurrent;
using Alerts.Configuration;
using Microsoft.Extensions.Options;

namespace Alerts.Search;

/// <summary>
/// This silo's cache of the newest version of each search in this window. The first user to ask in a window asks the grain; the next
/// users who have that version already get "unchanged" from here, without a call. Safe for concurrent use.
/// </summary>
public sealed class AnswerCache(IGrainFactory grains, IOptions<AlertsOptions> options, TimeProvider clock)
{
    /// <summary>The most searches; when there are more all are forgotten, which costs each of them one call to its grain.</summary>
    const int MaxSearches = 100_000;

    readonly ConcurrentDictionary<string, Entry> entries = new();

    /// <summary>The number of <see cref="entries"/>, perhaps a few more; the dictionary's own count locks all of it.</summary>
    int count;

    /// <summary>"Unchanged", when that is known here; null when the grain is to be asked.</summary>
    /// <param name="query">The canonical query.</param>
    /// <param name="knownVersion">The version the asker has; 0 for none.</param>
    /// <param name="parts">The asker's part of the day's calls: 1 divided by the number of the user's searches.</param>
    public SearchAnswer? Find(string query, long knownVersion, double parts)
    {
        if (knownVersion == 0 || !entries.TryGetValue(query, out var entry) || entry.Version != knownVersion || clock.GetUtcNow() >= entry.Until)
            return null;
        entry.Count(parts);
        return entry.Unchanged;
    }

    /// <summary>Asks the grain, and says how many were answered here since the last time.</summary>
    /// <param name="query">The canonical query.</param>
    /// <param name="knownVersion">The version the asker has; 0 for none.</param>
    /// <param name="isWaitedFor">Whether a person waits for the answer.</param>
    /// <param name="parts">The asker's part of the day's calls: 1 divided by the number of the user's searches.</param>
    public async Task<SearchAnswer> AskAsync(string query, long knownVersion, bool isWaitedFor, double parts)
    {
        var (served, partsServed) = entries.TryGetValue(query, out var before) ? before.TakeCount() : (0, 0);
        var answer = await grains.GetGrain<ISearchGrain>(query).GetAsync(knownVersion, 1 + served, isWaitedFor, parts + partsServed);
        var version = answer.Failure is null ? answer.Snapshot?.Version ?? knownVersion : 0;
        if (version == 0)
        {
            if (entries.TryRemove(query, out _))
                Interlocked.Decrement(ref count);
            return answer;
        }

        Put(query, new Entry(version, answer with { Snapshot = null }, SearchWindow.NextFetch(clock.GetUtcNow(), options.Value.ReminderPeriod)));
        return answer;
    }

    void Put(string query, Entry entry)
    {
        if (entries.TryAdd(query, entry))
        {
            if (Interlocked.Increment(ref count) <= MaxSearches)
                return;
            entries.Clear();
            Interlocked.Exchange(ref count, 0);
        }

        entries[query] = entry;
    }

    sealed class Entry(long version, SearchAnswer unchanged, DateTimeOffset until)
    {
        readonly Lock gate = new();
        int served;
        double partsServed;

        public long Version => version;

        /// <summary>The answer to who has this version.</summary>
        public SearchAnswer Unchanged => unchanged;

        /// <summary>The end of the window: then the grain may have a newer answer.</summary>
        public DateTimeOffset Until => until;

        public void Count(double parts)
        {
            lock (gate)
                (served, partsServed) = (served + 1, partsServed + parts);
        }

        public (int Askers, double Parts) TakeCount()
        {
            lock (gate)
            {
                var taken = (served, partsServed);
                (served, partsServed) = (0, 0);
                return taken;
            }
        }
    }
}
