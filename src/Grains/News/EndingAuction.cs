using Alerts.Search;
using Alerts.Settings;

namespace Alerts.News;

/// <summary>Tells an auction that ends soon: that alone is a reason to say something now. Pure.</summary>
static class EndingAuction
{
    static readonly TimeSpan soon = TimeSpan.FromMinutes(60);

    public static bool IsAuction(Listing listing) => !listing.BuyingOptions.IsDefaultOrEmpty && listing.BuyingOptions.Contains(BuyingOption.Auction.JsonName());

    /// <summary>Minutes until an auction ends, when that is soon; null otherwise.</summary>
    public static int? MinutesLeft(Listing listing, DateTimeOffset now) =>
        IsAuction(listing) && listing.EndsAt - now is { } left && left > TimeSpan.Zero && left <= soon
            ? (int)Math.Ceiling(left.TotalMinutes)
            : null;
}
