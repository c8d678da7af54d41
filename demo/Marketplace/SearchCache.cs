using System.Collections.Concurrent;

namespace Alerts.Demo.Marketplace;

/// <summary>
/// Every distinct question with its parsed form, its count and its answer's bytes as long as the world stands still.
/// Keyed by the query string as it was written, so that a repeated question costs one look-up.
/// </summary>
sealed class SearchCache(Market market, long maxBytes)
{
    /// <summary>Distinct questions remembered; when full all are forgotten, their counts are kept.</summary>
    const int MaxEntries = 50_000;

    /// <summary>Distinct canonical questions counted one by one; further ones count only in the sum.</summary>
    const int MaxCounted = 100_000;

    readonly ConcurrentDictionary<(string QueryString, MarketplaceSite Site, BuyerContext Buyer), Entry> entries = new();
    readonly ConcurrentDictionary<string, Count> counts = new();
    long bytes;

    public IReadOnlyDictionary<string, long> Counts =>
        counts.Where(count => count.Value.Calls > 0).ToDictionary(count => count.Key, count => count.Value.Calls);

    public long CountOf(string phrase)
    {
        var key = BrowseQuery.KeyOf(phrase);
        return counts.Values.Where(count => count.PhraseKey == key).Sum(count => count.Calls);
    }

    public void ResetCounts()
    {
        foreach (var count in counts.Values)
            count.Reset();
    }

    public Entry Find(string queryString, MarketplaceSite site, BuyerContext buyer)
    {
        if (entries.TryGetValue((queryString, site, buyer), out var entry))
            return entry;
        var (query, error) = BrowseQuery.Parse(queryString, site, buyer);
        entry = new Entry(query, error, query is null ? new Count("") : CountFor(query));
        if (entries.Count >= MaxEntries)
            Drop();
        return entries.GetOrAdd((queryString, site, buyer), entry);
    }

    /// <summary>The bytes of the answer now. Two callers at a change may both make them; they make the same.</summary>
    public byte[] Answer(Entry entry, string root)
    {
        var state = market.State;
        var cached = entry.Answer;
        if (cached is not null && cached.State == state)
            return cached.Bytes;
        var made = market.Answer(entry.Query!, root);
        if (Interlocked.Add(ref bytes, made.Length - (cached?.Bytes.Length ?? 0)) > maxBytes)
            Drop();
        entry.Answer = new CachedAnswer(state, made);
        return made;
    }

    /// <summary>Entries still in use by a call live on until it ends and are then forgotten with their bytes.</summary>
    void Drop()
    {
        entries.Clear();
        Interlocked.Exchange(ref bytes, 0);
    }

    Count CountFor(BrowseQuery query) =>
        counts.Count >= MaxCounted && !counts.ContainsKey(query.Canonical)
            ? new Count(query.Key)
            : counts.GetOrAdd(query.Canonical, static (_, key) => new Count(key), query.Key);

    /// <summary>One question: parsed, or the error that refuses it.</summary>
    public sealed class Entry(BrowseQuery? query, BrowseError? error, Count count)
    {
        public BrowseQuery? Query => query;
        public BrowseError? Error => error;
        public Count Count => count;
        public CachedAnswer? Answer { get; set; }
    }

    public sealed record CachedAnswer((long Slot, long Version) State, byte[] Bytes);

    public sealed class Count(string phraseKey)
    {
        long calls;

        public string PhraseKey => phraseKey;
        public long Calls => Interlocked.Read(ref calls);
        public void Increment() => Interlocked.Increment(ref calls);
        public void Reset() => Interlocked.Exchange(ref calls, 0);
    }
}
