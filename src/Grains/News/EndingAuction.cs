using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.News;

/// <summary>Recognizes an auction that ends soon, which is a reason to send news at once. Pure.</summary>
static class EndingAuction
{
    static readonly TimeSpan soon = TimeSpan.FromMinutes(60);

    public static bool IsAuction(Listing listing) =>
        !listing.BuyingOptions.IsDefaultOrEmpty && listing.BuyingOptions.Contains(BuyingOption.Auction.JsonName());

    /// <summary>Whether one of the listings is an auction that ends soon, or is in the mail because it ends.</summary>
    public static bool IsAmong(IEnumerable<NewsItem> items, DateTimeOffset now) =>
        items.Any(item => item.IsEnding || MinutesLeft(item.Listing, now) is not null);

    /// <summary>Minutes until the auction ends, if that is soon; otherwise null.</summary>
    public static int? MinutesLeft(Listing listing, DateTimeOffset now) =>
        IsAuction(listing) && listing.EndsAt - now is { } left && left > TimeSpan.Zero && left <= soon
            ? (int)Math.Ceiling(left.TotalMinutes)
            : null;
}
