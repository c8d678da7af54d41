using Alerts.Demo.Marketplace;

namespace Alerts.Accounts;

/// <summary>One thing sold by one seller: its prices over time, and its numbers, since sellers end listings and list them anew.</summary>
public sealed class Offer(string market, ListingSpec spec, DateTimeOffset firstSeen)
{
    readonly List<(decimal Price, DateTimeOffset From, DateTimeOffset? To)> prices = [];
    readonly List<(decimal Bid, int Count, DateTimeOffset From)> bids = [];

    /// <summary>Phrase and marketplace that find it.</summary>
    public string Market => market;

    public DateTimeOffset FirstSeen => firstSeen;

    /// <summary>Whether its seller ended it and listed it anew.</summary>
    public bool IsRelisted { get; private set; }

    /// <summary>Since when it is surely among the cheapest that a page holds; null while it may not be.</summary>
    public DateTimeOffset? CheapSince { get; private set; }

    /// <summary>The bids on it over time; of a fixed price there are none.</summary>
    public IReadOnlyList<(decimal Bid, int Count, DateTimeOffset From)> Bids => bids;

    /// <summary>The newest form of it.</summary>
    public ListingSpec Spec { get; private set; } = spec;

    public bool IsOnSale => prices is [.., { To: null }];

    public decimal Price => prices[^1].Price;

    /// <summary>Until when it was on sale; null while it is.</summary>
    public DateTimeOffset? PriceUntil => prices[^1].To;

    /// <summary>Since when it has been on sale at its present price.</summary>
    public DateTimeOffset PriceSince => prices[^1].From;

    /// <summary>Whether it had a price at some moment between two.</summary>
    public bool Cost(decimal price, DateTimeOffset from, DateTimeOffset to) =>
        prices.Exists(one => one.Price == price && one.From <= to && (one.To ?? to) >= from);

    public bool WasOnSaleAt(DateTimeOffset moment) => prices.Exists(one => one.From <= moment && (one.To ?? moment) >= moment);

    /// <summary>Since when its price had met a condition without a break, at some moment or last before it; null if it never had.</summary>
    public DateTimeOffset? Since(Predicate<decimal> meets, DateTimeOffset moment)
    {
        DateTimeOffset? since = null, last = null, before = null;
        foreach (var (price, from, to) in prices.Where(one => one.From <= moment))
        {
            // Not on sale for a while, it began anew.
            since = !meets(price) ? null : before == from ? since ?? from : from;
            last = since ?? last;
            before = to;
        }

        return last;
    }

    /// <summary>The highest price after a moment.</summary>
    public decimal HighestSince(DateTimeOffset moment) => prices.Where(one => !(one.To <= moment)).Select(one => one.Price).DefaultIfEmpty().Max();

    internal void See(ListingSpec now, DateTimeOffset at)
    {
        IsRelisted |= now.LegacyItemId != Spec.LegacyItemId;
        Spec = now;
        var price = now.CurrentBidPrice ?? now.Price ?? 0;
        if (now.BidCount is { } count && (bids is not [.., var last] || last.Count != count))
            bids.Add((price, count, at));
        if (IsOnSale && Price == price)
            return;
        End(at);
        prices.Add((price, at, null));
    }

    internal void SetCheap(bool isCheap, DateTimeOffset at) => CheapSince = isCheap ? CheapSince ?? at : null;

    internal void End(DateTimeOffset at)
    {
        CheapSince = null;
        if (IsOnSale)
            prices[^1] = prices[^1] with { To = at };
    }

    public override string ToString() =>
        $"{Spec.Title} (number {Spec.LegacyItemId}, {market}, first seen {firstSeen:dd HH:mm:ss}): "
        + string.Join(", ", prices.Select(one => FormattableString.Invariant($"{one.Price} {one.From:dd HH:mm:ss}-{one.To:HH:mm:ss}")));
}
