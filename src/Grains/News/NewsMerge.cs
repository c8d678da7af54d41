using System.Collections.Immutable;
using Alerts.News.Compare;
using Alerts.Settings;
using Alerts.State;

namespace Alerts.News;

/// <summary>Merges news that were not told yet with later ones, so that a mail says what is true when it is sent. Pure.</summary>
sealed class NewsMerge
{
    readonly List<NewsItem> untold = [];

    /// <summary>News that came to nothing before it was told: the listing is gone, or back at the price it had.</summary>
    public IReadOnlyCollection<NewsItem> Untold => untold;

    /// <summary>Takes note that a piece of news came to nothing.</summary>
    public void Drop(NewsItem item) => untold.Add(item);

    /// <summary>Earlier and later sections as one per search; a listing that is in both, perhaps under two searches, stays where it is and as what it comes to.</summary>
    public List<NotificationSection> Merge(IReadOnlyList<NotificationSection> earlier, IReadOnlyList<NotificationSection> later)
    {
        var merged = earlier.ToList();
        foreach (var section in later)
        {
            var own = section;
            for (var i = 0; i < merged.Count; i++)
            {
                if (merged[i].SearchId != section.SearchId)
                    (merged[i], own) = MoveOver(merged[i], own);
            }

            var at = merged.FindIndex(one => one.SearchId == section.SearchId);
            if (at < 0)
                merged.Add(own);
            else
                merged[at] = Merge(merged[at], own);
        }

        merged.RemoveAll(section => section.Items.IsEmpty);
        return merged;
    }

    /// <summary>Whether any of these sections tells of a listing that was listed anew.</summary>
    public static bool HoldsAny(IReadOnlyList<NotificationSection> sections, IReadOnlyList<Relisting> relisted) =>
        relisted.Count > 0 && sections.Any(section => section.Items.Any(item => IsAny(item, relisted)));

    /// <summary>The sections with what they tell of ended listings told of those that continue them, which the memory knows by the new numbers; each once.</summary>
    /// <param name="sections">News that waits.</param>
    /// <param name="relisted">The continuing listings, those of the oldest answers first.</param>
    public IReadOnlyList<NotificationSection> Continue(IReadOnlyList<NotificationSection> sections, IReadOnlyList<Relisting> relisted) =>
        HoldsAny(sections, relisted)
            ? Merge([], [.. sections.Select(section => Fill(section, Continue(section.Items, relisted), section.Omitted))])
            : sections;

    /// <summary>In the user's order, without those of searches the user gave up.</summary>
    public static ImmutableArray<NotificationSection> InOrder(List<NotificationSection> sections, ImmutableArray<SearchSettings> searches) =>
        [.. searches.Select(search => sections.Find(section => section.SearchId == (search.Id ?? ""))).OfType<NotificationSection>()];

    /// <summary>News under an ended number comes before what waits under the new one already: both are one piece.</summary>
    IEnumerable<NewsItem> Continue(ImmutableArray<NewsItem> items, IReadOnlyList<Relisting> relisted) => items
        .OrderByDescending(item => IsAny(item, relisted))
        .Select(item => relisted.Aggregate((NewsItem?)item, (item, relisting) => item is null ? null : Continue(item, relisting))).OfType<NewsItem>()
        .GroupBy(item => item.Listing.ListingNumber)
        .Select(same => same.Skip(1).Aggregate((NewsItem?)same.First(), (earlier, later) => earlier is null ? later : Combine(earlier, later)))
        .OfType<NewsItem>();

    NewsItem? Continue(NewsItem item, Relisting relisting)
    {
        var number = relisting.Listing.ListingNumber;
        if (number == item.Listing.ListingNumber || !item.Numbers.Contains(relisting.Former))
            return item;
        return relisting.IsPast
            ? item with { FormerNumbers = [number, .. (item.FormerNumbers ?? []).Where(former => former != number)] }
            : Combine(item, item with { Listing = relisting.Listing, FormerNumbers = [.. item.Numbers.Where(former => former != number)] });
    }

    static bool IsAny(NewsItem item, IReadOnlyList<Relisting> relisted) => relisted.Any(relisting => item.Numbers.Contains(relisting.Former));

    NotificationSection Merge(NotificationSection earlier, NotificationSection later)
    {
        var items = later.Items.ToDictionary(item => item.Listing.ListingNumber);
        var replacesList = later.HoldsFirstResults;
        foreach (var old in earlier.Items)
        {
            // A new list of what is there replaces the old one.
            if (items.TryGetValue(old.Listing.ListingNumber, out var item))
                Put(items, Combine(old, item), old.Listing.ListingNumber);
            else if (!replacesList || old.Kind is not NewsKind.Listed)
                items.Add(old.Listing.ListingNumber, old);
        }

        return Fill(later, items.Values, replacesList ? later.Omitted : earlier.Omitted + later.Omitted);
    }

    /// <summary>What the later section says of listings of the earlier one, of another search, becomes part of that.</summary>
    (NotificationSection Earlier, NotificationSection Later) MoveOver(NotificationSection earlier, NotificationSection later)
    {
        var news = later.Items.ToDictionary(item => item.Listing.ListingNumber);
        var items = new List<NewsItem>(earlier.Items.Length);
        foreach (var item in earlier.Items)
        {
            if (!news.Remove(item.Listing.ListingNumber, out var update))
                items.Add(item);
            else if (Combine(item, update) is { } combined)
                items.Add(combined);
        }

        return news.Count == later.Items.Length
            ? (earlier, later)
            : (Fill(earlier, items, earlier.Omitted), later with { Items = [.. later.Items.Where(item => news.ContainsKey(item.Listing.ListingNumber))] });
    }

    /// <summary>The section with other news: the first of them in a mail's order, the rest counted.</summary>
    public static NotificationSection Fill(NotificationSection section, IEnumerable<NewsItem> items, int omitted)
    {
        var sorted = items.ToList();
        sorted.Sort(NewsOrder.Compare);
        ImmutableArray<NewsItem> shown = [.. sorted.Take(NotificationSection.MaxItems)];
        return section with { Items = shown, Omitted = omitted + sorted.Count - shown.Length };
    }

    /// <summary>What two pieces of news about a listing come to when neither was told; null when it is back where it was.</summary>
    public NewsItem? Combine(NewsItem earlier, NewsItem later)
    {
        var item = Combined(earlier, earlier.FormerNumbers is { } former && later.FormerNumbers is null ? later with { FormerNumbers = former } : later);
        if (item is null)
            Drop(earlier);
        return item;
    }

    static NewsItem? Combined(NewsItem earlier, NewsItem later)
    {
        if (earlier.PreviousPrice is not { } previous)
            return later with { Kind = earlier.Kind, PreviousPrice = null };
        // Two currencies say nothing about each other, and neither do the bids on an auction and on the one listed anew.
        if (previous.Currency != later.Listing.SellerPrice.Currency || (later.Listing.BidCount is not null && later.Listing.ListingNumber != earlier.Listing.ListingNumber))
            return null;
        return later.Listing.SellerPrice.Value.CompareTo(previous.Value) switch
        {
            < 0 => later with { Kind = NewsKind.PriceDrop, PreviousPrice = previous },
            > 0 when earlier.Kind is NewsKind.PriceRise || later.Kind is NewsKind.PriceRise => later with { Kind = NewsKind.PriceRise, PreviousPrice = previous },
            _ => null,
        };
    }

    static void Put(Dictionary<long, NewsItem> items, NewsItem? item, long number)
    {
        if (item is null)
            items.Remove(number);
        else
            items[number] = item;
    }
}
