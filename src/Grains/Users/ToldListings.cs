namespace Alerts.Users;

/// <summary>What one user has been told of, over all searches, so that an item is told once and not once per phrase. Lives for one run.</summary>
/// <param name="memories">The user's searches as they were before the run.</param>
public sealed class ToldListings(IReadOnlyList<SearchMemory> memories)
{
    readonly HashSet<long> thisRun = [];

    /// <summary>Takes a listing into this run's mail; false when another search of the run has it already.</summary>
    public bool Add(long number) => thisRun.Add(number);

    /// <summary>Whether the listing is in this run's mail.</summary>
    public bool InThisRun(long number) => thisRun.Contains(number);

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

    /// <summary>Whether another search told of this price or a lower one since a moment.</summary>
    public bool ToldElsewhereSince(string searchId, long number, Money price, DateTimeOffset? since) =>
        Elsewhere(searchId, number) is { } seen
        && !(seen.ToldAt < since) && seen.Reference.Currency == price.Currency && seen.Reference.Value <= price.Value;
}
