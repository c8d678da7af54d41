using System.Collections.Immutable;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;

namespace Alerts.Search;

/// <summary>
/// The newest listings of a search, from pages sorted by creation. eBay may show a listing up to a day after its creation, below others
/// that are known. So from time to time the pages of a whole day are read. Limited by number and by age.
/// </summary>
sealed class NewestListings
{
    /// <summary>eBay shows a listing this long after its creation at the latest.</summary>
    static readonly TimeSpan maxDelay = TimeSpan.FromHours(24);

    /// <summary>How often the pages of the last <see cref="maxDelay"/> are read.</summary>
    static readonly TimeSpan deepEvery = TimeSpan.FromHours(1);

    readonly Dictionary<long, (Listing Listing, DateTimeOffset CreatedAt, DateTimeOffset SeenAt)> known = [];
    DateTimeOffset? deepAt;

    /// <summary>When the newest listing of the last reading was created.</summary>
    DateTimeOffset? newest;

    /// <summary>The listings, newest first.</summary>
    public ImmutableArray<Listing> Listings { get; private set; } = [];

    /// <summary>All listings that eBay showed and that were created after this are included; null before the first reading.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Whether the last reading stopped before it reached a known listing.</summary>
    public bool MissedSome { get; private set; }

    public void Clear()
    {
        known.Clear();
        (Listings, Since, MissedSome, deepAt, newest) = ([], null, false, null, null);
    }

    public Reading Begin(DateTimeOffset now, int maxPages)
    {
        // For the first reading one page is enough: older listings were there before anybody asked.
        var isDeep = newest is not null && (deepAt is null || now - deepAt >= deepEvery);
        // Every listing created a day before the last such reading had been shown by then.
        return new Reading(newest, isDeep ? (deepAt ?? now) - maxDelay : null, maxPages, now);
    }

    /// <summary>Adds a finished reading.</summary>
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
        Listings = [.. known.Values.OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Listing.ListingNumber)
            .Select(one => one.Listing)];
    }

    /// <summary>
    /// Removes listings beyond the limit and those seen too long ago to be shown, and moves <see cref="Since"/> accordingly.
    /// </summary>
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

    /// <summary>One pass through the pages, newest first.</summary>
    /// <param name="known">Creation of the newest known listing, where the reading may stop; null the first time.</param>
    /// <param name="backTo">A deep reading goes back to this moment; null for a normal one.</param>
    /// <param name="maxPages">The limit of pages.</param>
    /// <param name="now">The present. A listing without a creation date counts as created with the one before it, or now.</param>
    public sealed class Reading(DateTimeOffset? known, DateTimeOffset? backTo, int maxPages, DateTimeOffset now)
    {
        readonly DateTimeOffset begun = now;
        readonly List<(Listing Listing, DateTimeOffset CreatedAt)> read = [];

        public IReadOnlyList<(Listing Listing, DateTimeOffset CreatedAt)> Read => read;

        public int Pages { get; private set; }

        /// <summary>How many listings match, by eBay's last count.</summary>
        public int Total { get; private set; }

        /// <summary>Whether the last page was eBay's last one.</summary>
        public bool IsAtEnd { get; private set; }

        /// <summary>Whether this reads the pages of a whole day.</summary>
        public bool IsDeep => backTo is not null;

        /// <summary>Creation of the oldest listing read.</summary>
        public DateTimeOffset Oldest { get; private set; } = now;

        /// <summary>Whether no further page is needed or allowed.</summary>
        public bool IsDone => IsAtEnd || Pages >= maxPages || (Pages > 0 && !(Oldest > known) && !(Oldest > backTo));

        public void Add(EbayPage page)
        {
            Pages++;
            Total = page.Total;
            IsAtEnd = page.Rows < EbaySearch.MaxPageSize;
            foreach (var listing in page.Listings)
            {
                // Dates fall from row to row. eBay does not sort by a date that rises.
                Oldest = listing.CreatedAt is { } created && created < Oldest ? created : Oldest;
                read.Add((listing, listing.CreatedAt is { } at && at <= begun ? at : Oldest));
            }
        }
    }
}
