using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>
/// Judges one listing by the user's rules. A verdict leaves what is remembered as it was: a price counts as notified when a mail names it.
/// </summary>
/// <param name="search">The search.</param>
/// <param name="searchId">Its id within its user.</param>
/// <param name="notified">What the user's other searches know.</param>
/// <param name="isThere">Whether a listing is in the result.</param>
/// <param name="fetchedAt">When eBay said what is judged.</param>
/// <param name="now">The present.</param>
/// <param name="startedAt">When the person began to watch.</param>
sealed class ComparisonRules(
    SearchSettings search, string searchId, NotifiedListings notified, Func<long, bool> isThere, DateTimeOffset fetchedAt, DateTimeOffset now,
    DateTimeOffset? startedAt)
{
    /// <summary>How long what one search named is left out of the first results of another.</summary>
    static readonly TimeSpan echo = TimeSpan.FromHours(24);

    /// <summary>Moments are remembered in whole seconds.</summary>
    static readonly TimeSpan oneSecond = TimeSpan.FromSeconds(1);

    readonly AlertRules rules = search.Rules;

    bool HasTarget => TargetPrice.IsSet(rules);

    bool WatchesPrices => search.Watch is not WatchMode.New;

    /// <summary>For the first list of what is there: everything that meets the target price.</summary>
    ComparisonVerdict ForList(SeenListing? before, Listing listing, bool isNew)
    {
        var seen = Unnamed(listing, before?.NotifiedAt) with { IsWaiting = isNew && TargetPrice.IsMet(rules, listing) };
        if (before is { } last && last.Reference == seen.Reference)
            seen = seen.WithReferenceOf(last);
        return TargetPrice.IsMet(rules, listing) ? new(seen, Item(NewsKind.Listed, listing, seen)) : new(seen);
    }

    /// <summary>For the first results. What another search named within the last 24 hours is news only where it got cheaper since.</summary>
    /// <param name="before">What is remembered of it.</param>
    /// <param name="listing">The listing.</param>
    /// <param name="isNew">Whether it is news by itself should the mail have no room for it.</param>
    /// <param name="isEveryCheck">Whether everything is listed, whatever another search named.</param>
    public ComparisonVerdict ForFirstResults(SeenListing? before, Listing listing, bool isNew, bool isEveryCheck) =>
        !isEveryCheck && Elsewhere(listing) is { } elsewhere && elsewhere.NotifiedAt > now - echo
            ? NamedElsewhere(elsewhere, listing, before?.NotifiedAt)
            : ForList(before, listing, isNew && rules.NewListings);

    /// <summary>For a list of what is there now: what is no news is listed when it meets the target price.</summary>
    public ComparisonVerdict Listed(ComparisonVerdict verdict, Listing listing) =>
        verdict.News is not null || !TargetPrice.IsMet(rules, listing)
            ? verdict
            : verdict with { News = Item(NewsKind.Listed, listing, verdict.Seen) };

    /// <summary>A listing not seen before: news when it is new, or, with a target price, whenever it meets that.</summary>
    public ComparisonVerdict Unknown(Listing listing, bool isNew)
    {
        // Named under another phrase it is not new to the user, and its price is compared with the one named.
        if (Elsewhere(listing) is { } elsewhere)
            return NamedElsewhere(elsewhere, listing, notifiedAt: null);
        return Waiting(listing, HasTarget ? isNew || WatchesPrices : isNew && rules.NewListings);
    }

    /// <summary>A listing seen before, perhaps under another number.</summary>
    public ComparisonVerdict Known(SeenListing before, Listing listing)
    {
        if (!before.IsWaiting)
            return Compared(before, listing, before.NotifiedAt);
        return Elsewhere(listing) is { } named
            ? NamedElsewhere(named, listing, notifiedAt: null)
            : Waiting(listing, rules.NewListings || HasTarget);
    }

    /// <summary>The mail of another search that named it may yet be made anew without it: until it is sent, the listing waits here too.</summary>
    ComparisonVerdict NamedElsewhere(SeenListing elsewhere, Listing listing, DateTimeOffset? notifiedAt)
    {
        var verdict = Compared(elsewhere, listing, notifiedAt);
        return !notified.IsUnsent(listing.ListingNumber) ? verdict : verdict with
        {
            Seen = verdict.Seen with { IsWaiting = true },
            News = verdict.News is { Before: { } before } item ? item with { Before = before with { IsWaiting = true } } : verdict.News,
        };
    }

    /// <param name="before">What this search or another remembers of it.</param>
    /// <param name="listing">The listing.</param>
    /// <param name="notifiedAt">When this search named it: what another named may yet turn out not to be sent, so it is looked up each time.</param>
    ComparisonVerdict Compared(SeenListing before, Listing listing, DateTimeOffset? notifiedAt)
    {
        var isRelisted = before.Number != listing.ListingNumber;
        var current = Unnamed(listing, notifiedAt);
        if (!WatchesPrices)
            return new(current);
        // A bid and a fixed price, two currencies, or the bids on two auctions say nothing about each other.
        if (before.IsAuction != current.IsAuction || before.Reference.Currency != current.Reference.Currency || (isRelisted && current.IsAuction))
            return new(current);

        var unchanged = current.WithReferenceOf(before) with { HasBids = before.HasBids || current.HasBids };
        var change = current.Reference.Value - before.Reference.Value;
        // Bids only rise: eBay's answer left the bid out, and the price is the opening one.
        if (unchanged.HasBids && change < 0)
            return new(unchanged);
        if (KindOf(before, listing, change) is not { } kind)
            return new(IsRearmed(before, change) ? current : unchanged);
        // A moment in the future is of a clock that was wrong.
        if (before.NotifiedAt <= now && before.NotifiedAt + TimeSpan.FromHours(rules.CooldownHours) > now)
            return new(unchanged, IsDeferred: true);
        // Searches ask eBay at different moments: what another knows to be past is no news, and this one is compared again when it has a newer answer.
        if (notified.ChangedElsewhereSince(searchId, current, fetchedAt, isThere))
            return new(unchanged, IsDeferred: true);

        // What another search named since, this one does not name again; of a drop that it named in part the rest is judged.
        if (notified.Elsewhere(searchId, current, before.ReferenceSince, isThere) is { } elsewhere
            && elsewhere.Reference.Currency == current.Reference.Currency && elsewhere.IsAuction == current.IsAuction)
        {
            if (elsewhere.Reference.Value <= current.Reference.Value)
                return new(unchanged);
            if (elsewhere.Reference.Value < before.Reference.Value)
                return Compared(elsewhere, listing, notifiedAt);
        }

        return new(unchanged, Item(kind, listing, unchanged, kind is not NewsKind.New && IsShown(before, listing) ? before.Reference : null));
    }

    /// <summary>Whether a mail named that price: one that the person was never shown, as that of a rise, is not said to have been.</summary>
    bool IsShown(SeenListing before, Listing listing) =>
        IsNamed(before) || (Elsewhere(listing) is { } elsewhere && elsewhere.Reference == before.Reference && IsNamed(elsewhere));

    static bool IsNamed(SeenListing seen) => seen.NotifiedAt is { } at && !(seen.ReferenceSince > at);

    /// <summary>
    /// Not named yet: it waits until a mail names it, unless the price is above the target. What was created before the person began to
    /// watch is named, but it is not called new.
    /// </summary>
    ComparisonVerdict Waiting(Listing listing, bool isWanted)
    {
        var seen = Remember(listing) with { IsWaiting = isWanted && TargetPrice.IsMet(rules, listing) };
        return new(seen, seen.IsWaiting ? Item(listing.CreatedAt < startedAt ? NewsKind.Listed : NewsKind.New, listing, seen) : null);
    }

    SeenListing? Elsewhere(Listing listing) => notified.Elsewhere(searchId, Remember(listing), null, isThere);

    NewsKind? KindOf(SeenListing before, Listing listing, decimal change)
    {
        if (!TargetPrice.IsMet(rules, listing))
            return null;
        if (change < 0 && (!TargetPrice.IsMet(rules, listing, before.Reference.Value) || IsEnough(before.Reference.Value, -change, listing)))
            return NewsKind.PriceDrop;
        if (change > 0 && rules.PriceRises && AsShown(change, listing) >= rules.MinimumChange)
            return NewsKind.PriceRise;
        return HasTarget && before.NotifiedAt is null ? NewsKind.New : null;
    }

    bool IsRearmed(SeenListing before, decimal change) =>
        change > 0 && rules.RearmPercent < AlertRules.NeverRearm && change >= before.Reference.Value * rules.RearmPercent / 100;

    bool IsEnough(decimal reference, decimal fall, Listing listing) =>
        AsShown(fall, listing) >= rules.MinimumChange && fall >= reference * rules.DropPercent / 100;

    /// <summary>A change of the seller's price in the scale of the price that the marketplace shows.</summary>
    static decimal AsShown(decimal change, Listing listing) =>
        listing.SellerPrice.Currency == listing.Price.Currency ? change : change * listing.Price.Value / listing.SellerPrice.Value;

    SeenListing Remember(Listing listing) => new()
    {
        Number = listing.ListingNumber,
        Reference = listing.SellerPrice,
        ReferenceSince = fetchedAt,
        IsAuction = listing.BuyingOptions.Contains(BuyingOption.Auction.JsonName()),
        HasBids = listing.BidCount > 0,
        Likeness = ListingLikeness.Of(listing),
    };

    /// <summary>
    /// With the price of now, which no mail named yet. A mail shows an answer somewhat older than itself, so that this one may be older
    /// than a mail that did not show it.
    /// </summary>
    SeenListing Unnamed(Listing listing, DateTimeOffset? notifiedAt) => Remember(listing) with
    {
        NotifiedAt = notifiedAt,
        ReferenceSince = notifiedAt >= fetchedAt ? notifiedAt + oneSecond : fetchedAt,
    };

    static NewsItem Item(NewsKind kind, Listing listing, SeenListing before, Money? previous = null) =>
        new() { Kind = kind, Listing = listing.WithoutSeller(), PreviousPrice = previous, Before = before };
}
