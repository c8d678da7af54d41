using Alerts.News;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Mail.Templates;

/// <summary>How important a news item is to its reader; the most important comes first. Pure.</summary>
static class MailRank
{
    public const int Target = 0;
    public const int Lowest = 1;
    public const int Ends = 2;
    public const int Drop = 3;
    public const int New = 4;
    public const int Rise = 5;
    public const int Listed = 6;

    /// <summary>Sorts by kind, then by the size of the drop, then by price.</summary>
    public static (int Kind, decimal Change, decimal Price) Of(NewsItem item, SearchSettings? search, DateTimeOffset now) =>
        (KindOf(item, search, now), ChangeOf(item) ?? 0, item.Listing.Price.Value);

    public static int KindOf(NewsItem item, SearchSettings? search, DateTimeOffset now) => item.Kind switch
    {
        _ when item.IsEnding && item.Listing.EndsAt > now => Ends,
        NewsKind.Listed => Listed,
        NewsKind.PriceRise => Rise,
        _ when search is not null && TargetPrice.IsSet(search.Rules) && TargetPrice.IsMet(search.Rules, item.Listing) => Target,
        // A lowest price means nothing when the price is known for less than three days.
        NewsKind.PriceDrop when item.Trend is { LowestSince: not null } trend && MailChart.KnownDays(trend) >= MailChart.MinDays => Lowest,
        _ when EndingAuction.MinutesLeft(item.Listing, now) is not null => Ends,
        NewsKind.PriceDrop => Drop,
        _ => New,
    };

    /// <summary>The change as a fraction of the seller's price, negative for a drop; null when unknown.</summary>
    public static decimal? ChangeOf(NewsItem item) =>
        item.PreviousPrice is { Value: > 0 } before && before.Currency == item.Listing.SellerPrice.Currency
            ? (item.Listing.SellerPrice.Value - before.Value) / before.Value
            : null;
}
