namespace Alerts.Users;

/// <summary>What one user has been told of, over all searches, so that an item is told once and not once per phrase. Lives for one run.</summary>
/// <param name="memories">The user's searches as they were before the run.</param>
public sealed class ToldListings(IReadOnlyList<SearchMemory> memories)
{
    /// <summary>How long what one search told keeps another, which sees eBay's answer later, from telling it again.</summary>
    static readonly TimeSpan echo = TimeSpan.FromHours(24);

    readonly HashSet<long> thisRun = [];

    /// <summary>Takes a listing into this run's mail; false when another search of the run has it already.</summary>
    public bool Add(long number) => thisRun.Add(number);

    /// <summary>Whether the listing is in this run's mail.</summary>
    public bool InThisRun(long number) => thisRun.Contains(number);

    /// <summary>Whether another search has ever told of this listing at this price or a lower one.</summary>
    public bool KnownElsewhere(string searchId, long number, Money price) => Told(searchId, number, price) is not null;

    /// <summary>Whether another search, which still sees the listing, told of this price or a lower one within the last 24 hours.</summary>
    public bool ToldElsewhereLately(string searchId, long number, Money price, DateTimeOffset now) =>
        Told(searchId, number, price) is { GoneSince: null } told && told.ToldAt > now - echo;

    SeenListing? Told(string searchId, long number, Money price)
    {
        foreach (var memory in memories)
        {
            if (memory.SearchId != searchId && memory.Find(number) is { ToldAt: not null } seen
                && seen.Reference.Currency == price.Currency && seen.Reference.Value <= price.Value)
                return seen;
        }

        return null;
    }
}
