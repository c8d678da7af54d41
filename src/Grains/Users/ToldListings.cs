namespace Alerts.Users;

/// <summary>What one user has been told of, over all searches, so that an item is told once and not once per phrase. Lives for one run.</summary>
/// <param name="memories">The user's searches as they were before the run.</param>
public sealed class ToldListings(IReadOnlyList<SearchMemory> memories)
{
    readonly List<SeenListing> thisRun = [];

    /// <summary>Takes a listing into this run's news.</summary>
    public void Add(SeenListing seen) => thisRun.Add(seen);

    /// <summary>
    /// Whether the listing is in this run's news, perhaps under the number it had when another search was answered, and not dearer
    /// there: two searches may find two variations of it.
    /// </summary>
    /// <param name="listing">The listing as it is now.</param>
    /// <param name="isThere">Whether a listing is in the result that the listing is in.</param>
    public bool InThisRun(SeenListing listing, Func<long, bool> isThere)
    {
        foreach (var told in thisRun)
        {
            if (IsSame(told, listing, isThere) && !(listing.Reference.Currency == told.Reference.Currency && listing.Reference.Value < told.Reference.Value))
                return true;
        }

        return false;
    }

    /// <summary>What another search that told of this listing remembers of it, the lowest price if there are several; null when none did.</summary>
    public SeenListing? Elsewhere(string searchId, long number)
    {
        SeenListing? lowest = null;
        foreach (var memory in memories)
        {
            if (memory.SearchId != searchId && memory.Find(number) is { ToldAt: not null } seen && !(lowest?.Reference.Value <= seen.Reference.Value))
                lowest = seen;
        }

        return lowest;
    }

    /// <summary>What another search that told of a listing like this one remembers of it, if that is not there any more: then this one continues it.</summary>
    /// <param name="searchId">The search that asks.</param>
    /// <param name="likeness">The listing's likeness.</param>
    /// <param name="isThere">Whether a listing is in the result that the listing is in.</param>
    public SeenListing? ElsewhereAlike(string searchId, uint likeness, Func<long, bool> isThere)
    {
        if (likeness == 0)
            return null;
        SeenListing? lowest = null;
        foreach (var memory in memories.Where(memory => memory.SearchId != searchId))
        {
            foreach (var seen in memory.Seen)
            {
                if (seen.Likeness == likeness && seen.ToldAt is not null && !(lowest?.Reference.Value <= seen.Reference.Value) && !isThere(seen.Number))
                    lowest = seen;
            }
        }

        return lowest;
    }

    /// <summary>Whether another search told of this price or a lower one since a moment, perhaps under another number of the listing.</summary>
    /// <param name="searchId">The search that asks.</param>
    /// <param name="listing">The listing as it is now.</param>
    /// <param name="since">The moment; null for ever.</param>
    /// <param name="isThere">Whether a listing is in the result that the listing is in.</param>
    public bool ToldElsewhereSince(string searchId, SeenListing listing, DateTimeOffset? since, Func<long, bool> isThere)
    {
        foreach (var memory in memories.Where(memory => memory.SearchId != searchId))
        {
            foreach (var seen in memory.Seen)
            {
                if (IsSame(seen, listing, isThere) && seen.ToldAt is { } toldAt && !(toldAt < since)
                    && seen.Reference.Currency == listing.Reference.Currency && seen.Reference.Value <= listing.Reference.Value)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether another search has seen the listing's price change since a moment: then what was found at that moment is past.</summary>
    public bool ChangedElsewhereSince(string searchId, SeenListing listing, DateTimeOffset moment, Func<long, bool> isThere) =>
        memories.Any(memory => memory.SearchId != searchId && memory.Seen.Any(seen => seen.ReferenceSince > moment && IsSame(seen, listing, isThere)));

    /// <summary>Whether another search found a listing in an answer newer than this.</summary>
    public bool SeenElsewhereSince(string searchId, long number, DateTimeOffset moment) =>
        memories.Any(memory => memory.SearchId != searchId && memory.LastSuccess > moment && memory.Find(number) is { GoneSince: null });

    static bool IsSame(SeenListing known, SeenListing listing, Func<long, bool> isThere) =>
        known.Number == listing.Number || (known.Likeness != 0 && known.Likeness == listing.Likeness && !isThere(known.Number));
}
