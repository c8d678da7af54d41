using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;

namespace Alerts.News.Compare;

/// <summary>Finds auctions that the user wants to hear of shortly before they end, each once. Lives for one comparison.</summary>
sealed class EndingAuctions(AlertRules rules, NotifiedListings notified, DateTimeOffset now)
{
    readonly TimeSpan? lead = rules.EndingWithinMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

    /// <summary>When the next auction judged so far comes within its lead time; null when none will.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>The verdict on a listing; says that it ends soon where the user is to be notified of that.</summary>
    public ComparisonVerdict Of(ComparisonVerdict verdict, SeenListing? before, Listing listing)
    {
        // An auction that was listed again is another auction.
        var isSaid = before is { IsEndingSaid: true } last && last.Number == listing.ListingNumber;
        if (isSaid)
            verdict = Said(verdict);
        if (isSaid || lead is not { } time || !IsWanted(listing) || notified.IsEndingSaid(listing.ListingNumber))
            return verdict;
        var from = listing.EndsAt!.Value - time;
        if (from > now)
        {
            Next = Next < from ? Next : from;
            return verdict;
        }

        var item = verdict.News ?? new NewsItem { Kind = NewsKind.Listed, Listing = listing.WithoutSeller(), Before = verdict.Seen };
        return verdict with { News = item with { IsEnding = true } };
    }

    static ComparisonVerdict Said(ComparisonVerdict verdict) => verdict with
    {
        Seen = verdict.Seen with { IsEndingSaid = true },
        News = verdict.News is { Before: { } before } item ? item with { Before = before with { IsEndingSaid = true } } : verdict.News,
    };

    bool IsWanted(Listing listing) =>
        EndingAuction.IsAuction(listing) && listing.EndsAt > now
        && !(listing.BidCount > rules.MaxBids) && !(listing.Price.Value > rules.BidAtOrBelow) && TargetPrice.IsMet(rules, listing);
}
