using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>What the searches of one user know of a listing, so that it is named once and not once per phrase. Lives for one run.</summary>
/// <param name="memories">The user's searches as they were before the run.</param>
/// <param name="unsent">Numbers of the listings of a mail that still waits.</param>
public sealed class NotifiedListings(IReadOnlyList<SearchMemory> memories, IReadOnlySet<long>? unsent = null)
{
    readonly Lazy<ILookup<long, Entry>> byNumber = new(() => All(memories).ToLookup(entry => entry.Seen.Number));
    readonly Lazy<ILookup<uint, Entry>> byLikeness = new(() => All(memories).Where(entry => entry.Seen.Likeness != 0).ToLookup(entry => entry.Seen.Likeness));

    /// <summary>Whether a mail that still waits names it.</summary>
    public bool IsUnsent(long number) => unsent?.Contains(number) is true;

    /// <summary>Whether a mail named it, for any search, as an auction that ends soon.</summary>
    public bool IsEndingSaid(long number) => byNumber.Value[number].Any(entry => entry.Seen.IsEndingSaid);

    /// <summary>
    /// What another search that named this listing remembers of it, perhaps under another number that is not there any more; the lowest price
    /// if there are several, null when none did.
    /// </summary>
    /// <param name="searchId">The search that asks.</param>
    /// <param name="listing">The listing as it is now.</param>
    /// <param name="since">Named at that moment or later; null for ever.</param>
    /// <param name="isThere">Whether a listing is in the result that the listing is in.</param>
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

    /// <summary>Whether another search has seen the listing's price change since a moment: then what was found at that moment is past.</summary>
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
