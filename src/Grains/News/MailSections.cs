using System.Collections.Immutable;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.News;

/// <summary>Puts the news of several searches into sections that name each listing once, at its lowest price. Pure.</summary>
static class MailSections
{
    /// <summary>The sections of one mail, in the order of the user's searches.</summary>
    /// <param name="kept">Sections of the waiting mail that stay as they are, because their searches have no newer answer.</param>
    /// <returns>The sections, and the number of news items that no section names, each listing counted once.</returns>
    public static (IReadOnlyList<NotificationSection> Sections, int Left) Of(
        IReadOnlyList<SearchNews> news, IReadOnlyList<NotificationSection> kept,
            Func<IReadOnlyList<NotificationSection>, IReadOnlyList<NotificationSection>> fit)
    {
        var lowest = Lowest(news);
        var named = NumbersOf(kept);
        var sections = kept.ToList();
        var counted = new HashSet<long>();
        foreach (var one in news)
        {
            var section = one.Naming([.. one.Result.News.Where(item => IsLowest(item, lowest) && !named.Contains(NumberOf(item))
                && !IsPast(item, one, news))]);
            named.UnionWith(NumbersOf([section]));
            sections.Add(IsList(section)
                ? section with { CountedBefore = CountedBefore(one, news.TakeWhile(other => other != one), counted) } : section);
        }

        var shown = fit([.. sections.Where(section => section.IsSaid)]);
        return Count(news, shown);
    }

    static (IReadOnlyList<NotificationSection> Sections, int Left) Count(IReadOnlyList<SearchNews> news,
        IReadOnlyList<NotificationSection> shown)
    {
        var counted = NumbersOf(shown);
        var left = news.ToDictionary(one => one.SearchId, one => one.Result.News.Count(item => counted.Add(NumberOf(item))));
        var sections = shown.Select(section => section with { Omitted = left.GetValueOrDefault(section.SearchId, section.Omitted)
            + section.PassedOver });
        return ([.. sections], left.Values.Sum());
    }

    static bool IsList(NotificationSection section) => section.IsFirst || section.Items.Any(item => item.Kind is NewsKind.Listed);

    /// <summary>
    /// How many matches of a search earlier searches have counted already. For matches on pages that were not fetched this is unknown.
    /// There, searches for the same phrase are taken to count the same listings, since their filters cut one market.
    /// </summary>
    /// <remarks>Adds this search's listings to <paramref name="counted"/>, which has those of the earlier searches.</remarks>
    static int CountedBefore(SearchNews one, IEnumerable<SearchNews> others, HashSet<long> counted)
    {
        var known = one.Snapshot.Listings.Count(listing => !counted.Add(listing.ListingNumber));
        var likewise = others.Where(other => (IsPartial(one) || IsPartial(other)) && other.Search.Marketplace == one.Search.Marketplace
            && string.Equals(other.Search.Phrase, one.Search.Phrase, StringComparison.OrdinalIgnoreCase));
        return Math.Min(one.Snapshot.Total, Math.Max(known, likewise.Select(other => other.Snapshot.Total).DefaultIfEmpty().Max()));
    }

    static bool IsPartial(SearchNews one) => one.Snapshot.Total > one.Snapshot.Listings.Length;

    static Dictionary<(long Number, string Currency), decimal> Lowest(IReadOnlyList<SearchNews> news)
    {
        var lowest = new Dictionary<(long Number, string Currency), decimal>();
        foreach (var item in news.SelectMany(one => one.Result.News))
        {
            var price = item.Listing.SellerPrice;
            var key = (NumberOf(item), price.Currency);
            if (!lowest.TryGetValue(key, out var other) || price.Value < other)
                lowest[key] = price.Value;
        }

        return lowest;
    }

    static bool IsLowest(NewsItem item, Dictionary<(long Number, string Currency), decimal> lowest) =>
        lowest[(NumberOf(item), item.Listing.SellerPrice.Currency)] == item.Listing.SellerPrice.Value;

    /// <summary>
    /// Whether a newer answer of another search shows the same offer under another number: the seller listed it again in between.
    /// </summary>
    static bool IsPast(NewsItem item, SearchNews one, IReadOnlyList<SearchNews> news) =>
        item.Before is { Likeness: not 0 and var likeness } && news.Any(other =>
        other.Snapshot.FetchedAt > one.Snapshot.FetchedAt
        && other.Result.Next.Seen.Any(seen => seen.Likeness == likeness && seen.Number != NumberOf(item) && seen.GoneSince is null)
        && other.Result.Next.Find(NumberOf(item)) is not { GoneSince: null });

    static HashSet<long> NumbersOf(IEnumerable<NotificationSection> sections) =>
        [.. sections.SelectMany(section => section.Items).Select(NumberOf)];

    static long NumberOf(NewsItem item) => item.Listing.ListingNumber;
}
