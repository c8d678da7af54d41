using Alerts.State;

namespace Alerts.News;

/// <summary>Which of a search's news a mail names when there is more than it holds: the rest waits for the next. Pure.</summary>
static class NewsChoice
{
    /// <summary>Places that news of one kind has in a section whatever else there is: small drops never push out new listings.</summary>
    const int ReservedPlaces = 8;

    /// <summary>At most <see cref="NotificationSection.MaxItems"/>, in a mail's order: the newest listings and the largest drops first.</summary>
    public static List<NewsItem> Of(IReadOnlyCollection<NewsItem> news)
    {
        var chosen = news.ToList();
        if (chosen.Count > NotificationSection.MaxItems)
        {
            var drops = news.Where(item => item.Kind is NewsKind.PriceDrop).OrderByDescending(Fall).ThenBy(Number).ToList();
            var fresh = news.Where(item => item.Kind is NewsKind.New).OrderByDescending(item => item.Listing.CreatedAt).ThenBy(Number).ToList();
            var others = news.Where(item => item.Kind is not (NewsKind.PriceDrop or NewsKind.New)).OrderBy(item => item, Comparer<NewsItem>.Create(NewsOrder.Compare));
            chosen = [.. drops.Take(ReservedPlaces).Concat(fresh.Take(ReservedPlaces))
                .Concat(drops.Skip(ReservedPlaces)).Concat(fresh.Skip(ReservedPlaces)).Concat(others).Take(NotificationSection.MaxItems)];
        }

        chosen.Sort(NewsOrder.Compare);
        return chosen;
    }

    static decimal Fall(NewsItem item) =>
        (item.PreviousPrice ?? item.Before?.Reference) is { Value: > 0 } before ? (before.Value - item.Listing.SellerPrice.Value) / before.Value : 0;

    static long Number(NewsItem item) => item.Listing.ListingNumber;
}
