using Alerts.Demo.Marketplace;

namespace Alerts.Accounts;

/// <summary>What was on sale and at which price, as seen by looking often.</summary>
/// <param name="page">How many of the cheapest one answer shows.</param>
public sealed class MarketTruth(int page = 100)
{
    readonly Dictionary<string, List<Offer>> markets = [];
    /// <summary>Listings alike in price at the end of the page by price may or may not be in it.</summary>
    const int Margin = 5;

    readonly Dictionary<string, Offer> byNumber = [];

    public IEnumerable<Offer> Of(string market) => markets.GetValueOrDefault(market) ?? [];

    /// <summary>The offer that was listed under a number; null for a number never seen.</summary>
    public Offer? Find(string number) => byNumber.GetValueOrDefault(number);

    /// <summary>Takes note of all that a market has on sale now.</summary>
    public void Observe(string market, IReadOnlyList<ListingSpec> onSale, DateTimeOffset now)
    {
        if (!markets.TryGetValue(market, out var offers))
            markets[market] = offers = [];
        var present = onSale.Select(listing => listing.LegacyItemId).ToHashSet();
        foreach (var offer in offers.Where(offer => !present.Contains(offer.Spec.LegacyItemId)))
            offer.End(now);
        foreach (var listing in onSale)
            OfferOf(listing, market, offers, now).See(listing, now);
        var cheapest = onSale.Count <= page ? onSale.Count : page - Margin;
        var rank = 0;
        foreach (var listing in onSale.OrderBy(listing => (listing.CurrentBidPrice ?? listing.Price) + (listing.IsShippingByPlace ? 0 : listing.ShippingCost ?? 0)))
            byNumber[listing.LegacyItemId].SetCheap(rank++ < cheapest, now);
    }

    /// <summary>Whether a market has more than one answer shows.</summary>
    public bool IsLarge(string market) => Of(market).Count(offer => offer.IsOnSale) > page;

    Offer OfferOf(ListingSpec listing, string market, List<Offer> offers, DateTimeOffset now)
    {
        if (byNumber.TryGetValue(listing.LegacyItemId, out var known))
            return known;
        var offer = offers.Find(gone => !gone.IsOnSale && gone.Spec.BidCount is null && gone.Spec.Title == listing.Title && gone.Spec.Seller == listing.Seller);
        if (offer is null)
            offers.Add(offer = new Offer(market, listing, now));
        return byNumber[listing.LegacyItemId] = offer;
    }
}
