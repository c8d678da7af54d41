using System.Collections.Immutable;
using Alerts.Search;

namespace Alerts.State.Memory;

/// <summary>What a user's search remembers between checks.</summary>
public sealed record SearchMemory
{
    /// <summary>The search's id within its user.</summary>
    public required string SearchId { get; init; }

    /// <summary>The canonical query these memories are of; another query starts anew.</summary>
    public required string Query { get; init; }

    /// <summary>Version of the snapshot last compared; 0 when the next one is to be compared whatever its version.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>When eBay's last good answer was fetched; null before the first.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Why the last check failed; null when it did not.</summary>
    public string? LastFailure { get; init; }

    /// <summary>When the search will ask eBay again at the earliest; null when it did not say.</summary>
    public DateTimeOffset? NextFetch { get; init; }

    /// <summary>Highest price with shipping on the last page, in the marketplace's currency; null when that page held everything that matched.</summary>
    public decimal? Horizon { get; init; }

    /// <summary>The listings seen, in order of their numbers, at most 500; those gone for longest are forgotten first.</summary>
    public ImmutableArray<SeenListing> Seen { get; init; } = [];

    /// <summary>What is remembered of a listing, or null.</summary>
    public SeenListing? Find(long number)
    {
        var (low, high) = (0, Seen.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (Seen[middle].Number.CompareTo(number))
            {
                case 0: return Seen[middle];
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return null;
    }

    /// <summary>The memory after a mail was made of news some of which waited: what it says is told now, and a lower price that it meanwhile does not say is not.</summary>
    /// <param name="mailed">What each listing is told to cost, and what it was to be told to cost in the news before.</param>
    /// <param name="fetchedAt">When eBay gave the new prices, at the earliest.</param>
    /// <param name="now">The present.</param>
    public SearchMemory WithTold(IReadOnlyDictionary<long, (Money Price, List<Money> Before)> mailed, DateTimeOffset fetchedAt, DateTimeOffset now)
    {
        var told = Seen;
        var isRaised = false;
        for (var i = 0; i < Seen.Length; i++)
        {
            if (Seen[i].NotifiedAt is not { } toldAt || !mailed.TryGetValue(Seen[i].Number, out var news) || news.Price.Currency != Seen[i].Reference.Currency)
                continue;
            if (news.Price == Seen[i].Reference && toldAt < now)
            {
                told = told.SetItem(i, Seen[i] with { NotifiedAt = now });
            }
            else if (news.Price.Value > Seen[i].Reference.Value && news.Before.Contains(Seen[i].Reference))
            {
                told = told.SetItem(i, Seen[i] with { NotifiedAt = now, Reference = news.Price, ReferenceSince = fetchedAt });
                isRaised = true;
            }
        }

        return told == Seen ? this : this with { Seen = told, SnapshotVersion = isRaised ? 0 : SnapshotVersion };
    }

    /// <summary>The memory after news was not told, because the listing was gone by then or the user wanted no more: should it be there again, it is news again.</summary>
    /// <param name="news">The news.</param>
    /// <param name="since">From when on a price that another search told counts again; null: as before.</param>
    public SearchMemory WithUntold(IReadOnlyCollection<NewsItem> news, DateTimeOffset? since = null)
    {
        // Of two pieces of news of one listing the earlier comes first and has the price that was told before.
        var untold = new Dictionary<long, NewsItem>();
        foreach (var item in news)
        {
            foreach (var number in item.Numbers)
                untold.TryAdd(number, item);
        }

        if (!Seen.Any(seen => untold.ContainsKey(seen.Number)))
            return this;
        var seen = Seen.RemoveAll(seen => untold.TryGetValue(seen.Number, out var item) && item.PreviousPrice is null);
        return this with
        {
            SnapshotVersion = 0,
            Seen = [.. seen.Select(seen => untold.TryGetValue(seen.Number, out var item) && item.PreviousPrice is { } previous ? seen with { Reference = previous, ReferenceSince = since ?? seen.ReferenceSince } : seen)],
        };
    }
}
