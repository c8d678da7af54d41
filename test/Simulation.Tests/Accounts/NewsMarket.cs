using System.Globalization;
using Alerts.Accounts;
using Alerts.Demo.Marketplace;

namespace Alerts.Simulations.Accounts;

/// <summary>
/// What one phrase has on sale in one marketplace. Things are listed, get cheaper or dearer by much or by little, end, and are listed anew.
/// </summary>
sealed class NewsMarket(string phrase, string site, int size, Random random)
{
    /// <summary>How long after its creation a listing shows up.</summary>
    static readonly TimeSpan indexDelay = TimeSpan.FromMinutes(12);

    const int MaxAuctions = 6;

    static long lastNumber = 100_000_000_000;

    readonly List<ListingSpec> onSale = [];
    readonly List<ListingSpec> waiting = [];
    readonly List<ListingSpec> ended = [];
    readonly List<ListingSpec> auctions = [];

    /// <summary>Sellers list a thing anew once at most.</summary>
    readonly HashSet<string> relisted = [];

    public string Phrase => phrase;

    public string Site => site;

    public string Key => KeyOf(phrase, site);

    /// <summary>The name of what is there by auction.</summary>
    public static string AuctionsOf(string phrase, string site) => $"auctions of {KeyOf(phrase, site)}";

    public static string KeyOf(string phrase, string site) => $"{phrase} in {site}";

    public void Begin(DateTimeOffset now)
    {
        for (var count = size * 3 / 4; count > 0; count--)
            onSale.Add(Create(now - TimeSpan.FromDays(random.Next(1, 60))));
    }

    /// <summary>Some things happen; now and then many at once, as when a shop lists its stock.</summary>
    public void Move(DateTimeOffset now)
    {
        for (var events = random.Next(12) == 0 ? size / 3 : random.Next(0, 3); events > 0; events--)
            MoveOne(now);
        onSale.AddRange(waiting.Where(listing => listing.CreatedAt + indexDelay <= now));
        waiting.RemoveAll(listing => listing.CreatedAt + indexDelay <= now);
        MoveAuctions(now);
    }

    public void Show(MarketplaceServer marketplace, MarketTruth truth, DateTimeOffset now)
    {
        auctions.RemoveAll(auction => auction.EndsAt <= now);
        marketplace.Script(phrase, [.. onSale, .. auctions], site);
        truth.Observe(Key, onSale, now);
        truth.Observe(AuctionsOf(phrase, site), auctions, now);
    }

    /// <summary>A few run at a time; somebody bids now and then, and seldom one is bought before its end.</summary>
    void MoveAuctions(DateTimeOffset now)
    {
        if (auctions.Count < MaxAuctions && random.Next(10) == 0)
            auctions.Add(CreateAuction(now));
        if (auctions.Count == 0)
            return;
        var at = random.Next(auctions.Count);
        if (random.Next(3) == 0)
            auctions[at] = auctions[at] with
            {
                BidCount = auctions[at].BidCount + 1,
                CurrentBidPrice = Math.Round(auctions[at].CurrentBidPrice!.Value * random.Next(105, 130) / 100, 2),
            };
        else if (random.Next(60) == 0)
            auctions.RemoveAt(at);
    }

    ListingSpec CreateAuction(DateTimeOffset now)
    {
        var auction = Create(now);
        return auction with
        {
            Title = $"Auction of {auction.Title}", Price = null, BuyingOptions = ["AUCTION"], BidCount = 0, CurrentBidPrice = random.Next(500, 6_000) / 100m,
            EndsAt = now + TimeSpan.FromMinutes(random.Next(80, 300)), CreatedAt = now - indexDelay,
        };
    }

    void MoveOne(DateTimeOffset now)
    {
        var at = random.Next(onSale.Count);
        switch (onSale.Count + waiting.Count < size ? random.Next(9) : random.Next(4, 9))
        {
            case < 3:
                waiting.Add(Create(now));
                break;
            case 3:
                ListAnew(now);
                break;
            case 4:
                if (onSale.Count > size / 2)
                    End(at);
                break;
            case 5:
                onSale[at] = Priced(onSale[at], random.Next(105, 130));
                break;
            case 6:
                // Not news by anybody's rule.
                onSale[at] = onSale[at] with { Price = Math.Round(onSale[at].Price!.Value * 0.995m, 2) };
                break;
            default:
                onSale[at] = Priced(onSale[at], random.Next(60, 90));
                break;
        }
    }

    void End(int at)
    {
        if (relisted.Add(onSale[at].Title))
            ended.Add(onSale[at]);
        onSale.RemoveAt(at);
    }

    /// <summary>What ended before is there under another number, at its price or somewhat cheaper.</summary>
    void ListAnew(DateTimeOffset now)
    {
        if (ended.Count == 0)
            return;
        var at = random.Next(ended.Count);
        var again = ended[at] with { LegacyItemId = Interlocked.Increment(ref lastNumber).ToString(CultureInfo.InvariantCulture), CreatedAt = now };
        waiting.Add(random.Next(2) == 0 ? again : Priced(again, random.Next(70, 90)));
        ended.RemoveAt(at);
    }

    static ListingSpec Priced(ListingSpec listing, int percent) => listing with { Price = Math.Max(25, Math.Round(listing.Price!.Value * percent / 100, 2)) };

    ListingSpec Create(DateTimeOffset now)
    {
        var number = Interlocked.Increment(ref lastNumber);
        return new ListingSpec(
            number.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{(random.Next(8) == 0 ? "Spare part" : "Thing")} {number}"), random.Next(3_000, 90_000) / 100m)
        {
            CreatedAt = now,
            Seller = string.Create(CultureInfo.InvariantCulture, $"seller of {number}"),
            Currency = site == "EBAY_DE" ? "EUR" : "USD",
            Country = site == "EBAY_DE" ? "DE" : "US",
            SellerFeedbackPercent = random.Next(4) == 0 ? 96.5m : 99.1m,
            ShippingCost = random.Next(4) switch { 0 => 0, 1 => 4.9m, 2 => 12.5m, _ => null },
            IsShippingByPlace = random.Next(2) == 0,
        };
    }
}
