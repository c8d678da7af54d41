using Alerts.News;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;

namespace Alerts.Mail.Templates;

/// <summary>What a piece of news is to its reader, the most important first. Pure.</summary>
static class MailRank
{
    public const int Target = 0;
    public const int Lowest = 1;
    public const int Ends = 2;
    public const int Drop = 3;
    public const int New = 4;
    public const int Rise = 5;
    public const int Listed = 6;

    /// <summary>By kind, then by how much the price fell, then by price.</summary>
    public static (int Kind, decimal Change, decimal Price) Of(NewsItem item, SearchSettings? search, DateTimeOffset now) =>
        (KindOf(item, search, now), ChangeOf(item) ?? 0, item.Listing.Price.Value);

    /// <summary>The kind.</summary>
    public static int KindOf(NewsItem item, SearchSettings? search, DateTimeOffset now) => item.Kind switch
    {
        _ when item.IsEnding && item.Listing.EndsAt > now => Ends,
        NewsKind.Listed => Listed,
        NewsKind.PriceRise => Rise,
        _ when search is not null && TargetPrice.IsSet(search.Rules) && TargetPrice.IsMet(search.Rules, item.Listing) => Target,
        // Of a price that is known for less than three days, the lowest says nothing.
        NewsKind.PriceDrop when item.Trend is { LowestSince: not null } trend && MailChart.KnownDays(trend) >= MailChart.MinDays => Lowest,
        _ when EndingAuction.MinutesLeft(item.Listing, now) is not null => Ends,
        NewsKind.PriceDrop => Drop,
        _ => New,
    };

    /// <summary>The part of the seller's price by which it changed: negative when it fell; null when it is not known.</summary>
    public static decimal? ChangeOf(NewsItem item) =>
        item.PreviousPrice is { Value: > 0 } before && before.Currency == item.Listing.SellerPrice.Currency
            ? (item.Listing.SellerPrice.Value - before.Value) / before.Value
            : null;
}
