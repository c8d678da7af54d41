using System.Collections.Immutable;
using Alerts.Search.Ebay;

namespace Alerts.Search;

/// <summary>
/// The newest listings of a search, from pages newest first. eBay may show a listing up to a day after its creation, below others that
/// are known: so now and then the pages of a whole day are read. Bounded by number and by age.
/// </summary>
sealed class NewestListings
{
    /// <summary>eBay shows a listing so long after its creation at most.</summary>
    static readonly TimeSpan maxDelay = TimeSpan.FromHours(24);

    /// <summary>How often the pages of <see cref="maxDelay"/> are read.</summary>
    static readonly TimeSpan deepEvery = TimeSpan.FromHours(1);

    readonly Dictionary<long, (Listing Listing, DateTimeOffset CreatedAt, DateTimeOffset SeenAt)> known = [];
    DateTimeOffset? deepAt;

    /// <summary>Creation of the newest listing of the last reading.</summary>
    DateTimeOffset? newest;

    /// <summary>The listings, newest first.</summary>
    public ImmutableArray<Listing> Listings { get; private set; } = [];

    /// <summary>Every listing that eBay showed and that was created after this is there; null before the first reading.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Whether the last reading did not get back to what was known.</summary>
    public bool MissedSome { get; private set; }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        known.Clear();
        (Listings, Since, MissedSome, deepAt, newest) = ([], null, false, null, null);
    }

    /// <summary>Begins to read pages.</summary>
    public Reading Begin(DateTimeOffset now, int maxPages)
    {
        // The first time one page will do: what is older than it was there before anybody asked.
        var isDeep = newest is not null && (deepAt is null || now - deepAt >= deepEvery);
        // What was created a day before the last such reading had been shown by then.
        return new Reading(newest, isDeep ? (deepAt ?? now) - maxDelay : null, maxPages, now);
    }

    /// <summary>Takes in what was read.</summary>
    public void End(Reading reading, DateTimeOffset now)
    {
        if (reading.Pages == 0)
            return;
        MissedSome = reading.Oldest > newest && !reading.IsAtEnd;
        newest = reading.Read.Select(one => (DateTimeOffset?)one.CreatedAt).Append(newest).Max() ?? now;
        var back = reading.IsAtEnd ? DateTimeOffset.MinValue : reading.Oldest;
        foreach (var gone in known.Where(one => one.Value.CreatedAt >= back).Select(one => one.Key).ToList())
            known.Remove(gone);
        foreach (var (listing, createdAt) in reading.Read)
            known[listing.ListingNumber] = (listing, createdAt, now);
        Since = Since is null || MissedSome || back < Since ? back : Since;
        if (reading.IsDeep)
            deepAt = now;
        else
            deepAt ??= now;
        Trim(now);
        Listings = [.. known.Values.OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Listing.ListingNumber).Select(one => one.Listing)];
    }

    /// <summary>Leaves out what is too many, and what was seen too long ago to be shown; nobody can count on what is older than that then.</summary>
    void Trim(DateTimeOffset now)
    {
        var old = known.Where(one => !Freshness.IsCurrent(one.Value.SeenAt, now)).Concat(
            known.OrderByDescending(one => one.Value.CreatedAt).Skip(SearchSnapshot.MaxNewest)).Select(one => one.Key).ToHashSet();
        foreach (var number in old)
        {
            known.Remove(number, out var one);
            Since = one.CreatedAt > Since ? one.CreatedAt : Since;
        }
    }

    /// <summary>One way through the pages, newest first.</summary>
    /// <param name="known">Creation of the newest listing that is known: to be read back to; null the first time.</param>
    /// <param name="backTo">To be read back to as well; null: no further.</param>
    /// <param name="maxPages">The most pages.</param>
    /// <param name="now">The present: what states no creation date counts as created when its neighbour was, or now.</param>
    public sealed class Reading(DateTimeOffset? known, DateTimeOffset? backTo, int maxPages, DateTimeOffset now)
    {
        readonly DateTimeOffset begun = now;
        readonly List<(Listing Listing, DateTimeOffset CreatedAt)> read = [];

        /// <summary>What was read.</summary>
        public IReadOnlyList<(Listing Listing, DateTimeOffset CreatedAt)> Read => read;

        /// <summary>Pages read.</summary>
        public int Pages { get; private set; }

        /// <summary>How many listings match in all, as eBay counted last.</summary>
        public int Total { get; private set; }

        /// <summary>Whether the last page was eBay's last.</summary>
        public bool IsAtEnd { get; private set; }

        /// <summary>Whether this reads the pages of a whole day.</summary>
        public bool IsDeep => backTo is not null;

        /// <summary>Creation of the last listing read.</summary>
        public DateTimeOffset Oldest { get; private set; } = now;

        /// <summary>Whether no further page is needed, or none may be read.</summary>
        public bool IsDone => IsAtEnd || Pages >= maxPages || (Pages > 0 && !(Oldest > known) && !(Oldest > backTo));

        /// <summary>Takes in the next page.</summary>
        public void Add(EbayPage page)
        {
            Pages++;
            Total = page.Total;
            IsAtEnd = page.Rows < EbaySearch.MaxPageSize;
            foreach (var listing in page.Listings)
            {
                // Dates fall from row to row; one that rises is a date that eBay does not sort by.
                Oldest = listing.CreatedAt is { } created && created < Oldest ? created : Oldest;
                read.Add((listing, listing.CreatedAt is { } at && at <= begun ? at : Oldest));
            }
        }
    }
}
