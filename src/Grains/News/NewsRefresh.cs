using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;

namespace Alerts.News;

/// <summary>
/// Brings news that waited up to date with what the user's searches found. Whichever search a piece of news stands under, all of them
/// know its listing: it is gone when none has it any more, and it costs what the cheapest variation among them costs. Pure.
/// </summary>
sealed class NewsRefresh
{
    readonly NewsMerge merge;
    readonly Dictionary<long, (Listing Listing, DateTimeOffset FetchedAt)> found = [];
    readonly Dictionary<string, SearchSnapshot> answered = new(StringComparer.Ordinal);
    readonly List<SearchMemory> unanswered = [];

    /// <summary>Takes in what was found.</summary>
    /// <param name="user">The user after the comparison.</param>
    /// <param name="answers">One for each of the user's searches.</param>
    /// <param name="merge">Takes note of what came to nothing.</param>
    public NewsRefresh(UserState user, IReadOnlyList<SearchAnswer> answers, NewsMerge merge)
    {
        this.merge = merge;
        for (var i = 0; i < answers.Count; i++)
        {
            if (answers[i] is { Failure: null, Snapshot: { } snapshot })
                Take(user.Settings.Searches[i], snapshot);
            else
                unanswered.Add(user.Searches[i]);
        }
    }

    /// <summary>When eBay gave the oldest of the answers taken in.</summary>
    public DateTimeOffset FetchedAt { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>The sections with prices as they are now; what is gone, or no drop or rise any more, is left out.</summary>
    public List<NotificationSection> Refresh(List<NotificationSection> sections) =>
        [.. sections.Select(Refresh).Where(section => !section.Items.IsEmpty)];

    void Take(SearchSettings search, SearchSnapshot snapshot)
    {
        answered[search.Id ?? ""] = snapshot;
        FetchedAt = snapshot.FetchedAt < FetchedAt ? snapshot.FetchedAt : FetchedAt;
        foreach (var listing in ComparisonPage.Of(search, snapshot, int.MaxValue))
        {
            if (!found.TryGetValue(listing.ListingNumber, out var other) || listing.SellerPrice.Value < other.Listing.SellerPrice.Value)
                found[listing.ListingNumber] = (listing.WithoutSeller(), snapshot.FetchedAt);
        }
    }

    NotificationSection Refresh(NotificationSection section)
    {
        var items = new List<NewsItem>(section.Items.Length);
        var oldest = DateTimeOffset.MaxValue;
        foreach (var item in section.Items)
        {
            if (Current(item, section.FetchedAt) is not var (listing, fetchedAt))
            {
                merge.Drop(item);
            }
            else if (merge.Combine(item, item with { Listing = listing }) is { } current)
            {
                items.Add(current);
                oldest = fetchedAt < oldest ? fetchedAt : oldest;
            }
        }

        return NewsMerge.Fill(section with { FetchedAt = oldest, Total = answered.GetValueOrDefault(section.SearchId)?.Total ?? section.Total }, items, section.Omitted);
    }

    /// <summary>A listing as it is now, or as it was, if a search without a new answer knows it so and no other found it cheaper; null when it is gone.</summary>
    (Listing Listing, DateTimeOffset FetchedAt)? Current(NewsItem item, DateTimeOffset fetchedAt)
    {
        var isFound = found.TryGetValue(item.Listing.ListingNumber, out var current);
        // An answer older than the news says nothing about it.
        if (isFound && current.FetchedAt < fetchedAt)
            return (item.Listing, fetchedAt);
        if (unanswered.Exists(Knows) && !(isFound && current.Listing.SellerPrice.Value < item.Listing.SellerPrice.Value))
            return (item.Listing, fetchedAt);
        return isFound ? current : null;

        bool Knows(SearchMemory memory) =>
            memory.Find(item.Listing.ListingNumber) is { GoneSince: null }
            && !(isFound && current.Listing.ItemId == item.Listing.ItemId && !(memory.LastSuccess > current.FetchedAt));
    }
}
