using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using CsCheck;
using static Alerts.Tests.Some;

namespace Alerts.Tests.News;

/// <summary>What holds for any history: a seed that breaks one is printed and replays it.</summary>
public class ComparisonPropertiesTests
{
    /// <summary>One result: the listings 1 to 8 that are there, with a price of 1 to 6 each; 0 for not there.</summary>
    static readonly Gen<int[]> result = Gen.Int[-2, 6].Select(price => Math.Max(price, 0)).Array[8];

    static readonly Gen<int[][]> history = result.Array[1, 30];

    static IEnumerable<Listing> Listings(int[] prices) =>
        prices.Select((price, at) => Listing(at + 1, price, title: $"Title {at % 3}", seller: null)).Where(listing => listing.SellerPrice.Value > 0);

    [Fact]
    public void The_order_of_arrival_is_irrelevant() =>
        Gen.Select(history, Gen.Int).Sample((results, seed) =>
        {
            var (straight, shuffled) = (new Watch(), new Watch());
            foreach (var prices in results)
            {
                // Two by two they are variations of one listing.
                var listings = Listings(prices).Select(listing => listing with { Seller = "seller", ListingNumber = (listing.ListingNumber + 1) / 2 }).ToArray();
                var mixed = listings.ToArray();
                new Random(seed).Shuffle(mixed);
                Assert.Equal(straight.Tells(listings), shuffled.Tells(mixed));
                Assert.Equal(straight.Memory.Seen, shuffled.Memory.Seen);
                Assert.Equal(straight.Last.MustWrite, shuffled.Last.MustWrite);
            }
        });

    [Fact]
    public void However_much_there_is_no_more_is_remembered_than_allowed() =>
        Gen.Select(history, Gen.Int[1, 8]).Sample((results, most) =>
        {
            var watch = new Watch { MaxSeen = most };
            foreach (var prices in results)
            {
                watch.Sees(Listings(prices));
                Assert.InRange(watch.Memory.Seen.Length, Math.Min(most, prices.Count(price => price > 0)), most);
            }
        });

    [Fact]
    public void A_listing_is_told_as_new_once_and_never_without_being_new() =>
        history.Sample(results =>
        {
            var watch = new Watch();
            var everThere = new HashSet<long>();
            foreach (var prices in results)
            {
                var there = Listings(prices).Select(listing => listing.ListingNumber).ToList();
                var news = watch.Sees(Listings(prices));
                var isFirst = everThere.Count == 0 && news.All(item => item.Kind is NewsKind.Listed);
                var told = news.Where(item => item.Kind is NewsKind.New or NewsKind.Listed).Select(item => item.Listing.ListingNumber).Order();
                Assert.Equal(there.Where(everThere.Add), told);
                Assert.True(isFirst || news.All(item => item.Kind is not NewsKind.Listed));
            }
        });

    [Fact]
    public void Every_drop_below_the_last_price_is_told_and_no_other() =>
        history.Sample(results =>
        {
            var watch = new Watch();
            var (last, shown) = (new Dictionary<long, decimal>(), new Dictionary<long, decimal>());
            foreach (var prices in results)
            {
                var drops = Listings(prices)
                    .Where(listing => last.TryGetValue(listing.ListingNumber, out var before) && listing.SellerPrice.Value < before)
                    .Select(listing => listing.ListingNumber);
                var told = watch.Sees(Listings(prices));
                Assert.Equal(drops.Order(), told.Where(item => item.Kind is NewsKind.PriceDrop).Select(item => item.Listing.ListingNumber).Order());
                foreach (var item in told)
                {
                    MustHaveBeenShown(item, shown);
                    shown[item.Listing.ListingNumber] = item.Listing.SellerPrice.Value;
                }

                foreach (var listing in Listings(prices))
                    last[listing.ListingNumber] = listing.SellerPrice.Value;
            }
        });

    [Fact]
    public void Prices_at_any_exchange_rate_are_the_same_news() =>
        Gen.Select(history, Gen.Int[1, 200].Array[30]).Sample((results, rates) =>
        {
            var (here, abroad) = (new Watch(), new Watch());
            foreach (var (prices, rate) in results.Zip(rates))
            {
                var listings = Listings(prices).ToArray();
                var converted = listings.Select(listing => listing with { Price = new Money(listing.Price.Value * rate / 100, "EUR") });
                Assert.Equal(here.Tells(listings).Order(), abroad.Tells(converted).Order());
            }
        });

    [Fact]
    public void Whatever_the_rules_the_same_result_again_is_no_news() =>
        Gen.Select(history, AnyRules).Sample((results, rules) =>
        {
            var watch = new Watch(rules);
            foreach (var prices in results)
            {
                watch.Sees(Listings(prices));
                Assert.Empty(watch.Sees(Listings(prices)));
                Assert.False(watch.Last.MustWrite);
            }
        });

    [Fact]
    public void Whatever_the_rules_what_is_told_is_true_and_wanted() =>
        Gen.Select(history, AnyRules).Sample((results, rules) =>
        {
            var watch = new Watch(rules);
            var told = new Dictionary<long, DateTimeOffset>();
            var shown = new Dictionary<long, decimal>();
            foreach (var prices in results)
            {
                var now = watch.Now;
                foreach (var item in watch.Sees(Listings(prices)))
                {
                    var (price, was) = (item.Listing.SellerPrice.Value, item.Before?.Reference.Value);
                    MustHaveBeenShown(item, shown);
                    Assert.True(price <= (rules.PriceAtOrBelow ?? price));
                    if (item.Kind is NewsKind.PriceDrop)
                        Assert.True(price < was && (was > rules.PriceAtOrBelow || (was - price >= rules.MinimumChange && was - price >= was * rules.DropPercent / 100)));
                    if (item.Kind is NewsKind.PriceRise)
                        Assert.True(rules.PriceRises && price > was);
                    if (told.TryGetValue(item.Listing.ListingNumber, out var before))
                        Assert.True(now - before >= TimeSpan.FromHours(rules.CooldownHours));
                    (told[item.Listing.ListingNumber], shown[item.Listing.ListingNumber]) = (now, price);
                }

                watch.Now += TimeSpan.FromMinutes(20);
            }
        });

    /// <summary>No price is said to have been before that no mail named.</summary>
    static void MustHaveBeenShown(NewsItem item, Dictionary<long, decimal> shown) =>
        Assert.True(item.PreviousPrice is not { } was || was.Value == shown.GetValueOrDefault(item.Listing.ListingNumber), Watch.InShort(item));

    static Gen<AlertRules> AnyRules =>
        from listings in Gen.Bool
        from target in Gen.Int[1, 6].Nullable()
        from percent in Gen.Int[0, 60]
        from minimum in Gen.Int[0, 3]
        from rearm in Gen.Int[0, 100]
        from cooldown in Gen.Int[0, 2]
        from rises in Gen.Bool
        select new AlertRules
        {
            NewListings = listings, PriceAtOrBelow = target, DropPercent = percent, MinimumChange = minimum,
            RearmPercent = rearm, CooldownHours = cooldown, PriceRises = rises,
        };
}
