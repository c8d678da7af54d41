using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>
/// What all searches of one user remember of a listing, so that it is named once and not once for each phrase. Lives for one run.
/// </summary>
/// <param name="memories">The user's searches as they were before the run.</param>
/// <param name="unsent">Numbers of the listings in a mail that still waits.</param>
public sealed class NotifiedListings(IReadOnlyList<SearchMemory> memories, IReadOnlySet<long>? unsent = null)
{
    readonly Lazy<ILookup<long, Entry>> byNumber = new(() => All(memories).ToLookup(entry => entry.Seen.Number));
    readonly Lazy<ILookup<uint, Entry>> byLikeness = new(() => All(memories).Where(entry => entry.Seen.Likeness != 0)
        .ToLookup(entry => entry.Seen.Likeness));

    /// <summary>Whether a mail that still waits names the listing.</summary>
    public bool IsUnsent(long number) => unsent?.Contains(number) is true;

    /// <summary>Whether a mail of any search named the listing as an auction that ends soon.</summary>
    public bool IsEndingSaid(long number) => byNumber.Value[number].Any(entry => entry.Seen.IsEndingSaid);

    /// <summary>
    /// What another search that named this listing remembers of it, perhaps under an older number that is gone. If several named it, the
    /// one with the lowest price; null when none did.
    /// </summary>
    /// <param name="searchId">The search that asks.</param>
    /// <param name="listing">The listing as it is now.</param>
    /// <param name="since">Only what was named at that moment or later; null for any time.</param>
    /// <param name="isThere">Whether the result has a listing of this number.</param>
    public SeenListing? Elsewhere(string searchId, SeenListing listing, DateTimeOffset? since, Func<long, bool> isThere)
    {
        SeenListing? lowest = null;
        foreach (var seen in Others(searchId, listing, isThere))
        {
            if (seen.NotifiedAt is { } at && !(at < since) && !(lowest?.Reference.Value <= seen.Reference.Value))
                lowest = seen;
        }

        return lowest;
    }

    /// <summary>Whether another search saw the price change after a moment: then an answer of that moment is outdated.</summary>
    public bool ChangedElsewhereSince(string searchId, SeenListing listing, DateTimeOffset moment, Func<long, bool> isThere) =>
        Others(searchId, listing, isThere).Any(seen => seen.ReferenceSince > moment);

    IEnumerable<SeenListing> Others(string searchId, SeenListing listing, Func<long, bool> isThere)
    {
        if (memories.Count < 2)
            yield break;
        foreach (var (owner, seen) in byNumber.Value[listing.Number])
        {
            if (owner != searchId)
                yield return seen;
        }

        if (listing.Likeness == 0)
            yield break;
        foreach (var (owner, seen) in byLikeness.Value[listing.Likeness])
        {
            if (owner != searchId && seen.Number != listing.Number && !isThere(seen.Number))
                yield return seen;
        }
    }

    static IEnumerable<Entry> All(IReadOnlyList<SearchMemory> memories) =>
        memories.SelectMany(memory => memory.Seen, (memory, seen) => new Entry(memory.SearchId, seen));

    readonly record struct Entry(string SearchId, SeenListing Seen);
}
