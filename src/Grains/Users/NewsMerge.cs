using System.Collections.Immutable;
using Alerts.Email;

namespace Alerts.Users;

/// <summary>Merges news that were not told yet with later ones, so that a mail says what is true when it is sent. Pure.</summary>
static class NewsMerge
{
    /// <summary>Earlier and later sections as one per search; of a listing in both, what it comes to.</summary>
    public static List<NotificationSection> Merge(IReadOnlyList<NotificationSection> earlier, IReadOnlyList<NotificationSection> later)
    {
        var merged = earlier.ToList();
        foreach (var section in later)
        {
            var at = merged.FindIndex(one => one.SearchId == section.SearchId);
            if (at < 0)
                merged.Add(section);
            else
                merged[at] = Merge(merged[at], section);
        }

        merged.RemoveAll(section => section.Items.IsEmpty);
        return merged;
    }

    /// <summary>Sections whose search has a new result: prices as they are now; what is gone, or is no drop or rise any more, is left out.</summary>
    public static List<NotificationSection> Refresh(List<NotificationSection> sections, ImmutableArray<SearchSettings> searches, IReadOnlyList<SearchAnswer> answers)
    {
        for (var i = 0; i < searches.Length; i++)
        {
            var at = sections.FindIndex(section => section.SearchId == (searches[i].Id ?? ""));
            if (at >= 0 && answers[i] is { Failure: null, Snapshot: { } snapshot } && sections[at].FetchedAt < snapshot.FetchedAt)
                sections[at] = Refresh(sections[at], snapshot);
        }

        sections.RemoveAll(section => section.Items.IsEmpty);
        return sections;
    }

    /// <summary>In the user's order, without those of searches the user gave up.</summary>
    public static ImmutableArray<NotificationSection> InOrder(List<NotificationSection> sections, ImmutableArray<SearchSettings> searches) =>
        [.. searches.Select(search => sections.Find(section => section.SearchId == (search.Id ?? ""))).OfType<NotificationSection>()];

    static NotificationSection Merge(NotificationSection earlier, NotificationSection later)
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

    static NotificationSection Refresh(NotificationSection section, SearchSnapshot snapshot)
    {
        var current = new Dictionary<long, Listing>();
        foreach (var listing in snapshot.Listings)
        {
            if (!(listing.EndsAt <= snapshot.FetchedAt) && !(current.TryGetValue(listing.ListingNumber, out var other) && other.SellerPrice.Value <= listing.SellerPrice.Value))
                current[listing.ListingNumber] = listing;
        }

        var items = section.Items
            .Where(item => current.ContainsKey(item.Listing.ListingNumber))
            .Select(item => Combine(item, item with { Listing = current[item.Listing.ListingNumber] with { Seller = null } }))
            .OfType<NewsItem>();
        return Fill(section with { FetchedAt = snapshot.FetchedAt, Total = snapshot.Total }, items, section.Omitted);
    }

    static NotificationSection Fill(NotificationSection section, IEnumerable<NewsItem> items, int omitted)
    {
        var sorted = items.ToList();
        sorted.Sort(NewsOrder.Compare);
        ImmutableArray<NewsItem> shown = [.. sorted.Take(NotificationSection.MaxItems)];
        return section with { Items = shown, Omitted = omitted + sorted.Count - shown.Length };
    }

    /// <summary>What two pieces of news about a listing come to when neither was told; null when it is back where it was.</summary>
    static NewsItem? Combine(NewsItem earlier, NewsItem later)
    {
        if (earlier.PreviousPrice is not { } previous)
            return later with { Kind = earlier.Kind, PreviousPrice = null };
        if (previous.Currency != later.Listing.SellerPrice.Currency)
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
