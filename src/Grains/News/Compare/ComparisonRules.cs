using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;

namespace Alerts.News.Compare;

/// <summary>
/// Judges one listing by the user's rules. A price counts as notified only when a mail names it, so a verdict alone changes no memory.
/// </summary>
/// <param name="search">The user's search.</param>
/// <param name="searchId">Its id within the user.</param>
/// <param name="notified">What the user's other searches remember.</param>
/// <param name="isThere">Whether the result has a listing of this number.</param>
/// <param name="fetchedAt">When eBay gave the result.</param>
/// <param name="now">The present.</param>
/// <param name="startedAt">When the user began to watch.</param>
sealed class ComparisonRules(
    SearchSettings search, string searchId, NotifiedListings notified, Func<long, bool> isThere, DateTimeOffset fetchedAt,
        DateTimeOffset now,
    DateTimeOffset? startedAt)
{
    /// <summary>For this long after one search named a listing, the first results of another search leave it out.</summary>
    static readonly TimeSpan echo = TimeSpan.FromHours(24);

    /// <summary>Moments are remembered in whole seconds.</summary>
    static readonly TimeSpan oneSecond = TimeSpan.FromSeconds(1);

    readonly AlertRules rules = search.Rules;

    bool HasTarget => TargetPrice.IsSet(rules);

    bool WatchesPrices => search.Watch is not WatchMode.New;

    /// <summary>For the first results: names everything that meets the target price.</summary>
    ComparisonVerdict ForList(SeenListing? before, Listing listing, bool isNew)
    {
        var seen = Unnamed(listing, before?.NotifiedAt) with { IsWaiting = isNew && TargetPrice.IsMet(rules, listing) };
        if (before is { } last && last.Reference == seen.Reference)
            seen = seen.WithReferenceOf(last);
        return TargetPrice.IsMet(rules, listing) ? new(seen, Item(NewsKind.Listed, listing, seen)) : new(seen);
    }

    /// <summary>For first results. A listing that another search named within 24 hours is news only if it is cheaper now.</summary>
    /// <param name="isNew">Whether the listing is still news when the first mail has no room for it.</param>
    /// <param name="isEveryCheck">Whether everything is listed, no matter what another search named.</param>
    public ComparisonVerdict ForFirstResults(SeenListing? before, Listing listing, bool isNew, bool isEveryCheck) =>
        !isEveryCheck && Elsewhere(listing) is { } elsewhere && elsewhere.NotifiedAt > now - echo
            ? NamedElsewhere(elsewhere, listing, before?.NotifiedAt)
            : ForList(before, listing, isNew && rules.NewListings);

    /// <summary>For a list of everything: a listing without news is listed too when it meets the target price.</summary>
    public ComparisonVerdict Listed(ComparisonVerdict verdict, Listing listing) =>
        verdict.News is not null || !TargetPrice.IsMet(rules, listing)
            ? verdict
            : verdict with { News = Item(NewsKind.Listed, listing, verdict.Seen) };

    /// <summary>Judges a listing not seen before. It is news when it is new; with a target price, whenever it meets that price.</summary>
    public ComparisonVerdict Unknown(Listing listing, bool isNew)
    {
        // The user knows the listing from another search. It is not new, and its price is compared with the one named there.
        if (Elsewhere(listing) is { } elsewhere)
            return NamedElsewhere(elsewhere, listing, notifiedAt: null);
        return Waiting(listing, HasTarget ? isNew || WatchesPrices : isNew && rules.NewListings);
    }

    /// <summary>Judges a listing seen before, perhaps under another number.</summary>
    public ComparisonVerdict Known(SeenListing before, Listing listing)
    {
        if (!before.IsWaiting)
            return Compared(before, listing, before.NotifiedAt);
        return Elsewhere(listing) is { } named
            ? NamedElsewhere(named, listing, notifiedAt: null)
            : Waiting(listing, rules.NewListings || HasTarget, before);
    }

    /// <summary>
    /// The waiting mail of another search names the listing, but may be made again without it. Until that mail is sent, the listing waits
    /// here too.
    /// </summary>
    ComparisonVerdict NamedElsewhere(SeenListing elsewhere, Listing listing, DateTimeOffset? notifiedAt)
    {
        var verdict = Compared(elsewhere, listing, notifiedAt);
        return !notified.IsUnsent(listing.ListingNumber) ? verdict : verdict with
        {
            Seen = verdict.Seen with { IsWaiting = true },
            News = verdict.News is { Before: { } before } item ? item with { Before = before with { IsWaiting = true } } : verdict.News,
        };
    }

    /// <param name="before">What this search or another one remembers of the listing.</param>
    /// <param name="notifiedAt">
    /// When this search named it. A mail of another search may still not be sent, so the other search is looked up each time.
    /// </param>
    ComparisonVerdict Compared(SeenListing before, Listing listing, DateTimeOffset? notifiedAt)
    {
        var isRelisted = before.Number != listing.ListingNumber;
        var current = Unnamed(listing, notifiedAt);
        if (!WatchesPrices)
            return new(current);
        // Prices are compared only within one currency and one kind: not a bid with a fixed price, not the bids of two auctions.
        if (before.IsAuction != current.IsAuction || before.Reference.Currency != current.Reference.Currency
            || (isRelisted && current.IsAuction))
            return new(current);

        var unchanged = current.WithReferenceOf(before) with { HasBids = before.HasBids || current.HasBids };
        var change = current.Reference.Value - before.Reference.Value;
        // Bids only rise. A lower price means that eBay left the bid out and gave the opening price.
        if (unchanged.HasBids && change < 0)
            return new(unchanged);
        if (KindOf(before, listing, change) is not { } kind)
            return new(IsRearmed(before, change) ? current : unchanged);
        // A moment in the future was written while a clock was wrong.
        if (before.NotifiedAt <= now && before.NotifiedAt + TimeSpan.FromHours(rules.CooldownHours) > now)
            return new(unchanged, IsDeferred: true);
        // Searches ask eBay at different moments. If another search knows a newer price, this answer is outdated and is compared again
        // later.
        if (notified.ChangedElsewhereSince(searchId, current, fetchedAt, isThere))
            return new(unchanged, IsDeferred: true);

        // A drop that another search named is not named again. If that search named only a part of the drop, the rest is judged.
        if (notified.Elsewhere(searchId, current, before.ReferenceSince, isThere) is { } elsewhere
            && elsewhere.Reference.Currency == current.Reference.Currency && elsewhere.IsAuction == current.IsAuction)
        {
            if (elsewhere.Reference.Value <= current.Reference.Value)
                return new(unchanged);
            if (elsewhere.Reference.Value < before.Reference.Value)
                return Compared(elsewhere, listing, notifiedAt);
        }

        return new(unchanged,
            Item(kind, listing, unchanged, kind is not NewsKind.New && IsShown(before, listing) ? before.Reference : null));
    }

    /// <summary>Whether a mail named this price. Some reference prices, such as those after a rise, were never shown to the user.</summary>
    bool IsShown(SeenListing before, Listing listing) =>
        IsNamed(before) || (Elsewhere(listing) is { } elsewhere && elsewhere.Reference == before.Reference && IsNamed(elsewhere));

    static bool IsNamed(SeenListing seen) => seen.NotifiedAt is { } at && !(seen.ReferenceSince > at);

    /// <summary>
    /// A listing that no mail has named yet. It waits for a mail, unless its price is above the target. A listing created before the user
    /// began to watch is named, but not called new. Nor is one that was there then, was gone before the first mail, and was listed anew.
    /// </summary>
    ComparisonVerdict Waiting(Listing listing, bool isWanted, SeenListing? before = null)
    {
        var isOld = before?.ReferenceSince <= startedAt;
        var seen = Remember(listing) with { IsWaiting = isWanted && TargetPrice.IsMet(rules, listing) };
        // That moment says so at the next check as well.
        if (isOld)
            seen = seen with { ReferenceSince = before!.Value.ReferenceSince };
        return new(seen, seen.IsWaiting ? Item(isOld || listing.CreatedAt < startedAt ? NewsKind.Listed : NewsKind.New, listing, seen)
            : null);
    }

    SeenListing? Elsewhere(Listing listing) => notified.Elsewhere(searchId, Remember(listing), null, isThere);

    NewsKind? KindOf(SeenListing before, Listing listing, decimal change)
    {
        if (!TargetPrice.IsMet(rules, listing))
            return null;
        if (change < 0
            && (!TargetPrice.IsMet(rules, listing, before.Reference.Value) || IsEnough(before.Reference.Value, -change, listing)))
            return NewsKind.PriceDrop;
        if (change > 0 && rules.PriceRises && AsShown(change, listing) >= rules.MinimumChange)
            return NewsKind.PriceRise;
        return HasTarget && before.NotifiedAt is null ? NewsKind.New : null;
    }

    bool IsRearmed(SeenListing before, decimal change) =>
        change > 0 && rules.RearmPercent < AlertRules.NeverRearm && change >= before.Reference.Value * rules.RearmPercent / 100;

    bool IsEnough(decimal reference, decimal fall, Listing listing) =>
        AsShown(fall, listing) >= rules.MinimumChange && fall >= reference * rules.DropPercent / 100;

    /// <summary>A change of the seller's price, converted to the currency that the marketplace shows.</summary>
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
    /// Remembers the present price, which no mail has named yet. A mail may show an answer that is older than the mail. So this answer may
    /// be older than a mail that did not show it.
    /// </summary>
    SeenListing Unnamed(Listing listing, DateTimeOffset? notifiedAt) => Remember(listing) with
    {
        NotifiedAt = notifiedAt,
        ReferenceSince = notifiedAt >= fetchedAt ? notifiedAt + oneSecond : fetchedAt,
    };

    static NewsItem Item(NewsKind kind, Listing listing, SeenListing before, Money? previous = null) =>
        new() { Kind = kind, Listing = listing.WithoutSeller(), PreviousPrice = previous, Before = before };
}
