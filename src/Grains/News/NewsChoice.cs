using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.News;

/// <summary>Chooses which of a search's news a mail names when it has no room for all; the rest waits for the next mail. Pure.</summary>
static class NewsChoice
{
    /// <summary>Places in a section that each kind of news always has: many small drops must not push out new listings.</summary>
    const int ReservedPlaces = 8;

    /// <summary>Places for listings that are neither new nor cheaper: a list always shows some of the cheapest.</summary>
    const int OtherPlaces = NotificationSection.MaxItems - (2 * ReservedPlaces);

    /// <summary>
    /// At most <see cref="NotificationSection.MaxItems"/> items, sorted as in a mail: the newest listings and the largest drops are chosen.
    /// </summary>
    public static List<NewsItem> Of(IReadOnlyCollection<NewsItem> news)
    {
        var chosen = news.Count > NotificationSection.MaxItems ? [.. InChoice(news).Take(NotificationSection.MaxItems)] : news.ToList();
        chosen.Sort(NewsOrder.Compare);
        return chosen;
    }

    /// <summary>The news sorted by preference: a mail with room for n items names the first n.</summary>
    public static IEnumerable<NewsItem> InChoice(IReadOnlyCollection<NewsItem> news)
    {
        // News that cannot wait for the next mail comes first.
        var ending = news.Where(item => item.IsEnding).OrderBy(item => item.Listing.EndsAt).ThenBy(Number).ToList();
        if (ending.Count > 0)
            return ending.Concat(InChoice([.. news.Where(item => !item.IsEnding)]));
        var drops = news.Where(item => item.Kind is NewsKind.PriceDrop).OrderByDescending(Fall).ThenBy(Number).ToList();
        var fresh = news.Where(item => item.Kind is NewsKind.New).OrderByDescending(item => item.Listing.CreatedAt).ThenBy(Number).ToList();
        var others = news.Where(item => item.Kind is not (NewsKind.PriceDrop or NewsKind.New))
            .OrderBy(item => item, Comparer<NewsItem>.Create(NewsOrder.Compare)).ToList();
        return InTurn(drops, fresh).Concat(others.Take(OtherPlaces))
            .Concat(drops.Skip(ReservedPlaces)).Concat(fresh.Skip(ReservedPlaces)).Concat(others.Skip(OtherPlaces));
    }

    /// <summary>Takes from both lists in turn, so that a mail with little room names some of each.</summary>
    static IEnumerable<NewsItem> InTurn(List<NewsItem> drops, List<NewsItem> fresh)
    {
        for (var place = 0; place < ReservedPlaces; place++)
        {
            foreach (var item in drops.Skip(place).Take(1).Concat(fresh.Skip(place).Take(1)))
                yield return item;
        }
    }

    static decimal Fall(NewsItem item) =>
        (item.PreviousPrice ?? item.Before?.Reference) is { Value: > 0 } before
            ? (before.Value - item.Listing.SellerPrice.Value) / before.Value : 0;

    static long Number(NewsItem item) => item.Listing.ListingNumber;
}
