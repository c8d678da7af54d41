using System.Collections.Concurrent;
using Alerts.Configuration;
using Microsoft.Extensions.Options;

namespace Alerts.Search;

/// <summary>
/// Which version of each search is the newest in this window, as its grain last told a user of this silo. The first user to ask in a window
/// asks the grain; those after it who have that version already are answered here, without a call. Safe for concurrent use.
/// </summary>
public sealed class KnownAnswers(IGrainFactory grains, IOptions<AlertsOptions> options, TimeProvider clock)
{
    /// <summary>The most searches; when there are more all are forgotten, which costs each of them one call to its grain.</summary>
    const int MaxSearches = 100_000;

    readonly ConcurrentDictionary<string, Entry> entries = new();

    /// <summary>"You have it already", when that is known here; null when the grain is to be asked.</summary>
    public SearchAnswer? Find(string query, long knownVersion)
    {
        if (knownVersion == 0 || !entries.TryGetValue(query, out var entry) || entry.Version != knownVersion || clock.GetUtcNow() >= entry.Until)
            return null;
        entry.Count();
        return entry.Unchanged;
    }

    /// <summary>Asks the grain, and tells it how many were answered here since the last time.</summary>
    public async Task<SearchAnswer> AskAsync(string query, long knownVersion)
    {
        var served = entries.TryGetValue(query, out var before) ? before.TakeCount() : 0;
        var answer = await grains.GetGrain<ISearchGrain>(query).GetAsync(knownVersion, 1 + served);
        var version = answer.Failure is null ? answer.Snapshot?.Version ?? knownVersion : 0;
        if (version == 0)
        {
            entries.TryRemove(query, out _);
            return answer;
        }

        if (entries.Count >= MaxSearches)
            entries.Clear();
        entries[query] = new Entry(version, answer with { Snapshot = null }, SearchWindow.NextFetch(clock.GetUtcNow(), options.Value.ReminderPeriod));
        return answer;
    }

    sealed class Entry(long version, SearchAnswer unchanged, DateTimeOffset until)
    {
        int served;

        public long Version => version;

        /// <summary>The answer to who has this version.</summary>
        public SearchAnswer Unchanged => unchanged;

        /// <summary>The end of the window: then the grain may have a newer answer.</summary>
        public DateTimeOffset Until => until;

        public void Count() => Interlocked.Increment(ref served);

        public int TakeCount() => Interlocked.Exchange(ref served, 0);
    }
}
