using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>What one user has been told of, over all searches, so that an item is told once and not once per phrase. Lives for one run.</summary>
/// <param name="memories">The user's searches as they were before the run.</param>
public sealed class NotifiedListings(IReadOnlyList<SearchMemory> memories)
{
    readonly List<SeenListing> thisRun = [];

    /// <summary>Takes a listing into this run's news.</summary>
    public void Add(SeenListing seen) => thisRun.Add(seen);

    /// <summary>
    /// The listing in this run's news, perhaps under the number it had when another search was answered, if it is not dearer there:
    /// two searches may find two variations of it. Null when it is not.
    /// </summary>
    /// <param name="listing">The listing as it is now.</param>
    /// <param name="isThere">Whether a listing is in the result that the listing is in.</param>
    public SeenListing? InThisRun(SeenListing listing, Func<long, bool> isThere)
    {
        foreach (var told in thisRun)
        {
            if (IsSame(told, listing, isThere) && !(listing.Reference.Currency == told.Reference.Currency && listing.Reference.Value < told.Reference.Value))
                return told;
        }

        return null;
    }

    /// <summary>
    /// What another search that told of this listing remembers of it, perhaps under another number that is not there any more; the lowest price
    /// if there are several, null when none did.
    /// </summary>
    /// <param name="searchId">The search that asks.</param>
    /// <param name="listing">The listing as it is now.</param>
    /// <param name="since">Told at that moment or later; null for ever.</param>
    /// <param name="isThere">Whether a listing is in the result that the listing is in.</param>
    public SeenListing? Elsewhere(string searchId, SeenListing listing, DateTimeOffset? since, Func<long, bool> isThere)
    {
        SeenListing? lowest = null;
        foreach (var memory in memories.Where(memory => memory.SearchId != searchId))
        {
            if (memory.Find(listing.Number) is { } known)
            {
                Take(known);
                continue;
            }

            foreach (var seen in memory.Seen)
            {
                if (IsSame(seen, listing, isThere))
                    Take(seen);
            }
        }

        return lowest;

        void Take(SeenListing seen)
        {
            if (seen.NotifiedAt is { } toldAt && !(toldAt < since) && !(lowest?.Reference.Value <= seen.Reference.Value))
                lowest = seen;
        }
    }

    /// <summary>Whether another search has seen the listing's price change since a moment: then what was found at that moment is past.</summary>
    public bool ChangedElsewhereSince(string searchId, SeenListing listing, DateTimeOffset moment, Func<long, bool> isThere) =>
        memories.Any(memory => memory.SearchId != searchId && memory.Seen.Any(seen => seen.ReferenceSince > moment && IsSame(seen, listing, isThere)));

    /// <summary>Whether another search found the listing in an answer newer than this, perhaps under another number.</summary>
    public bool SeenElsewhereSince(string searchId, SeenListing listing, DateTimeOffset moment, Func<long, bool> isThere) =>
        memories.Any(memory => memory.SearchId != searchId && memory.LastSuccess > moment && memory.Seen.Any(seen => seen.GoneSince is null && IsSame(seen, listing, isThere)));

    static bool IsSame(SeenListing known, SeenListing listing, Func<long, bool> isThere) =>
        known.Number == listing.Number || (known.Likeness != 0 && known.Likeness == listing.Likeness && !isThere(known.Number));
}
