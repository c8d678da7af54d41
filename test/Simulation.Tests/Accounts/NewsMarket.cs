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

    static long lastNumber = 100_000_000_000;

    readonly List<ListingSpec> onSale = [];
    readonly List<ListingSpec> waiting = [];

    public string Phrase => phrase;

    public string Site => site;

    public string Key => KeyOf(phrase, site);

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
    }

    public void Show(MarketplaceServer marketplace, MarketTruth truth, DateTimeOffset now)
    {
        marketplace.Script(phrase, onSale, site);
        truth.Observe(Key, onSale, now);
    }

    void MoveOne(DateTimeOffset now)
    {
        var at = random.Next(onSale.Count);
        switch (onSale.Count + waiting.Count < size ? random.Next(9) : random.Next(4, 9))
        {
            case < 4:
                waiting.Add(Create(now));
                break;
            case 4:
                if (onSale.Count > size / 2)
                    onSale.RemoveAt(at);
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
