using Alerts.Email;

namespace Alerts.Users;

/// <summary>Judges one listing by the user's rules.</summary>
/// <param name="rules">The search's rules.</param>
/// <param name="searchId">The search.</param>
/// <param name="told">What the user's other searches told.</param>
/// <param name="now">The present.</param>
sealed class ComparisonRules(AlertRules rules, string searchId, ToldListings told, DateTimeOffset now)
{
    /// <summary>A list of what is there now: whatever passes the target price. All of it counts as told from then on.</summary>
    public ComparisonVerdict List(SeenListing? before, Listing listing)
    {
        var seen = Remember(listing);
        if (!MeetsTarget(listing.SellerPrice.Value))
            return new(seen with { ToldAt = before?.ToldAt });
        return new(seen with { ToldAt = before?.ToldAt ?? now }, Item(NewsKind.Listed, listing));
    }

    /// <summary>A listing not seen before: told when it is new, or, with a target price, whenever it meets that.</summary>
    public ComparisonVerdict First(Listing listing, bool isNew)
    {
        var seen = Remember(listing);
        var isWorthIt = rules.PriceAtOrBelow is null ? isNew && rules.NewListings : MeetsTarget(listing.SellerPrice.Value);
        if (!isWorthIt)
            return new(seen);
        seen = seen with { ToldAt = now };
        return told.InThisRun(listing.ListingNumber) || told.KnownElsewhere(searchId, listing.ListingNumber, seen.Reference)
            ? new(seen)
            : new(seen, Item(NewsKind.New, listing));
    }

    /// <summary>A listing seen before, perhaps under another number.</summary>
    public ComparisonVerdict Again(SeenListing before, Listing listing, bool isRelisted)
    {
        var current = Remember(listing) with { ToldAt = before.ToldAt };
        // A bid and a fixed price, two currencies, or the bids on two auctions say nothing about each other.
        if (before.IsAuction != current.IsAuction || before.Reference.Currency != current.Reference.Currency || (isRelisted && current.IsAuction))
            return new(current);

        var unchanged = current with { Reference = before.Reference };
        var change = current.Reference.Value - before.Reference.Value;
        if (KindOf(before, current.Reference.Value, change) is not { } kind)
            return new(change > 0 && change >= before.Reference.Value * rules.RearmPercent / 100 ? current : unchanged);
        if (before.ToldAt + TimeSpan.FromHours(rules.CooldownHours) > now)
            return new(unchanged, IsDeferred: true);

        current = current with { ToldAt = now };
        if (told.InThisRun(listing.ListingNumber) || told.ToldElsewhereLately(searchId, listing.ListingNumber, current.Reference, now))
            return new(current);
        return new(current, Item(kind, listing, kind is NewsKind.New ? null : before.Reference));
    }

    NewsKind? KindOf(SeenListing before, decimal price, decimal change)
    {
        if (!MeetsTarget(price))
            return null;
        if (change < 0 && (!MeetsTarget(before.Reference.Value) || IsEnough(before.Reference.Value, -change)))
            return NewsKind.PriceDrop;
        if (change > 0 && rules.PriceRises && change >= rules.MinimumChange)
            return NewsKind.PriceRise;
        return rules.PriceAtOrBelow is not null && before.ToldAt is null ? NewsKind.New : null;
    }

    bool MeetsTarget(decimal price) => rules.PriceAtOrBelow is not { } target || price <= target;

    bool IsEnough(decimal reference, decimal fall) => fall >= rules.MinimumChange && fall >= reference * rules.DropPercent / 100;

    static SeenListing Remember(Listing listing) => new()
    {
        Number = listing.ListingNumber,
        Reference = listing.SellerPrice,
        IsAuction = listing.BuyingOptions.Contains(BuyingOption.Auction.JsonName()),
        Likeness = ListingLikeness.Of(listing),
    };

    /// <summary>The seller's name is for filters only and goes no further.</summary>
    static NewsItem Item(NewsKind kind, Listing listing, Money? previous = null) =>
        new() { Kind = kind, Listing = listing with { Seller = null }, PreviousPrice = previous };
}
