using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;

namespace Alerts.News.Compare;

/// <summary>Judges one listing by the user's rules.</summary>
/// <param name="rules">The search's rules.</param>
/// <param name="searchId">The search.</param>
/// <param name="told">What the user's other searches told.</param>
/// <param name="isThere">Whether a listing is in the result.</param>
/// <param name="fetchedAt">When eBay said what is judged.</param>
/// <param name="now">The present.</param>
sealed class ComparisonRules(AlertRules rules, string searchId, NotifiedListings told, Func<long, bool> isThere, DateTimeOffset fetchedAt, DateTimeOffset now)
{
    /// <summary>How long what one search told is left out of the first results of another.</summary>
    static readonly TimeSpan echo = TimeSpan.FromHours(24);

    /// <summary>What is there now, for every check: whatever meets the target price. All of it counts as told.</summary>
    public ComparisonVerdict List(SeenListing? before, Listing listing)
    {
        var seen = Remember(listing);
        if (before is { } last && last.Reference == seen.Reference)
            seen = seen.WithReferenceOf(last);
        return MeetsTarget(listing.SellerPrice.Value)
            ? new(seen with { NotifiedAt = before?.NotifiedAt ?? now }, Item(NewsKind.Listed, listing))
            : new(seen with { NotifiedAt = before?.NotifiedAt });
    }

    /// <summary>What is there now, at first sight. What another search told within the last 24 hours is news only where it got cheaper since.</summary>
    public ComparisonVerdict ListFirst(Listing listing) =>
        Elsewhere(listing) is { } elsewhere && elsewhere.NotifiedAt > now - echo
            ? Again(elsewhere, listing)
            : List(null, listing);

    /// <summary>A listing not seen before: told when it is new, or, with a target price, whenever it meets that.</summary>
    public ComparisonVerdict First(Listing listing, bool isNew)
    {
        // Told under another phrase it is not new to the user, and its price is compared with the one told.
        if (Elsewhere(listing) is { } elsewhere)
            return Again(elsewhere, listing);
        var seen = Remember(listing);
        var isWorthIt = rules.PriceAtOrBelow is null ? isNew && rules.NewListings : MeetsTarget(listing.SellerPrice.Value);
        return isWorthIt ? new(seen with { NotifiedAt = now }, Item(NewsKind.New, listing)) : new(seen);
    }

    /// <summary>A listing seen before, perhaps under another number.</summary>
    public ComparisonVerdict Again(SeenListing before, Listing listing)
    {
        var verdict = Compared(before, listing);
        return verdict.Before is null ? verdict with { Before = before.Number } : verdict;
    }

    ComparisonVerdict Compared(SeenListing before, Listing listing)
    {
        var isRelisted = before.Number != listing.ListingNumber;
        var current = Remember(listing) with { NotifiedAt = before.NotifiedAt };
        // A bid and a fixed price, two currencies, or the bids on two auctions say nothing about each other.
        if (before.IsAuction != current.IsAuction || before.Reference.Currency != current.Reference.Currency || (isRelisted && current.IsAuction))
            return new(current);

        var unchanged = current.WithReferenceOf(before);
        var change = current.Reference.Value - before.Reference.Value;
        if (KindOf(before, current.Reference.Value, change) is not { } kind)
            return new(change > 0 && change >= before.Reference.Value * rules.RearmPercent / 100 ? current : unchanged);
        if (before.NotifiedAt + TimeSpan.FromHours(rules.CooldownHours) > now)
            return new(unchanged, IsDeferred: true);
        // Searches ask eBay at different moments: what another knows to be past is not told, and this one is compared again when it has a newer answer.
        if (told.ChangedElsewhereSince(searchId, current, fetchedAt, isThere))
            return new(unchanged, IsDeferred: true);

        current = current with { NotifiedAt = now };
        // What another search told since, this one does not tell again.
        if (told.Elsewhere(searchId, current, before.ReferenceSince, isThere) is { } elsewhere
            && elsewhere.Reference.Currency == current.Reference.Currency && elsewhere.IsAuction == current.IsAuction)
        {
            if (elsewhere.Reference.Value <= current.Reference.Value)
                return new(current, Before: elsewhere.Number);
            // Of a drop that another search told in part the rest is judged.
            if (elsewhere.Reference.Value < before.Reference.Value)
                return Again(elsewhere, listing);
        }

        return new(current, Item(kind, listing, kind is NewsKind.New ? null : before.Reference));
    }

    /// <summary>What another search told of the listing, perhaps when it had another number.</summary>
    SeenListing? Elsewhere(Listing listing) => told.Elsewhere(searchId, Remember(listing), null, isThere);

    NewsKind? KindOf(SeenListing before, decimal price, decimal change)
    {
        if (!MeetsTarget(price))
            return null;
        if (change < 0 && (!MeetsTarget(before.Reference.Value) || IsEnough(before.Reference.Value, -change)))
            return NewsKind.PriceDrop;
        if (change > 0 && rules.PriceRises && change >= rules.MinimumChange)
            return NewsKind.PriceRise;
        return rules.PriceAtOrBelow is not null && before.NotifiedAt is null ? NewsKind.New : null;
    }

    bool MeetsTarget(decimal price) => rules.PriceAtOrBelow is not { } target || price <= target;

    bool IsEnough(decimal reference, decimal fall) => fall >= rules.MinimumChange && fall >= reference * rules.DropPercent / 100;

    SeenListing Remember(Listing listing) => new()
    {
        Number = listing.ListingNumber,
        Reference = listing.SellerPrice,
        ReferenceSince = fetchedAt,
        IsAuction = listing.BuyingOptions.Contains(BuyingOption.Auction.JsonName()),
        Likeness = ListingLikeness.Of(listing),
    };

    /// <summary>The seller's name is for filters only and goes no further.</summary>
    static NewsItem Item(NewsKind kind, Listing listing, Money? previous = null) =>
        new() { Kind = kind, Listing = listing.WithoutSeller(), PreviousPrice = previous };
}
