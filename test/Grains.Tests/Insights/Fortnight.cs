using System.Collections.Immutable;
using Alerts.Insights;
using Alerts.Settings;
using Alerts.SharedData.Prices;
using Alerts.SharedData.Products;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tests.Mail;

namespace Alerts.Tests.Insights;

/// <summary>A fortnight of prices, simulated from a seed, and the insight mail that follows from it by the rules of the service.</summary>
static class Fortnight
{
    const int Days = 14;

    /// <summary>Ann's mail after a fortnight in which some listings came down, some went up, one came late and one changed every day.</summary>
    public static Notification Mail() => Plan(
        Mails.Ann,
        [
            Walk(1, "Apple iPhone 13 128GB Midnight, unlocked, very good", [(-40, 420), (-9, 399), (-4, 379), (-1, 349)]),
            Walk(2, "iPhone 13 mini 256GB, cracked back glass", [(-30, 180), (-6, 150)]),
            Walk(3, "Apple iPhone 13 Pro 1TB – Sierra Blue – boxed “as new”", [(-60, 499), (-50, 610), (-12, 640), (-8, 590), (-3, 560)]),
            Walk(4, "iPhone 13 with a price that never rests", [.. Enumerable.Range(-20, 20).Select(day => (day + 0.3, 300m + new Random(day + 100).Next(-60, 60))), (-0.1, 255)]),
            Walk(5, "iPhone 13, listed on Friday", [(-2.5, 275), (-0.5, 250)]),
            Walk(6, "iPhone 13 that became dearer", [(-30, 200), (-5, 240)]),
            Walk(7, "iPhone 13 at the same price as ever", [(-30, 200)]),
        ]);

    /// <summary>The longest insight mail: 50 searches with the most listings each, titles outside ASCII and long links.</summary>
    public static (UserSettings Settings, Notification Mail) Longest()
    {
        var searches = Enumerable.Range(1, 50).Select(number => new SearchSettings { Id = $"s-{number:x8}", Phrase = $"{new string('語', 97)}{number:00}" }).ToImmutableArray();
        var settings = Mails.Ann with { Searches = searches };
        var user = new UserState { Settings = settings, Version = 1, CreatedAt = Mails.Now.AddDays(-30), Phase = Mails.Now, NextDue = Mails.Now };
        var number = 0;
        var insights = searches.Select(_ => Insight(Enumerable.Range(1, 12).Select(_ =>
            Walk(++number, new string('語', 80), [(-30, 99_999_999), (-1, 88_888_888)], "?" + string.Join('&', Enumerable.Repeat("a=b", 100))))));
        return (settings, InsightPlanner.Plan(user, [.. insights], Mails.Now, Mails.AnnId).Insight!.Notification);
    }

    static Notification Plan(UserSettings settings, (ProductDetails, ImmutableArray<PricePoint>)[] walks)
    {
        var user = new UserState { Settings = settings, Version = 1, CreatedAt = Mails.Now.AddDays(-60), Phase = Mails.Now, NextDue = Mails.Now };
        return InsightPlanner.Plan(user, [Insight(walks)], Mails.Now, Mails.AnnId).Insight!.Notification;
    }

    static QueryInsight Insight(IEnumerable<(ProductDetails Product, ImmutableArray<PricePoint> Prices)> walks) =>
        new([.. walks.Select(walk => InsightFinder.Find(walk.Product, walk.Prices, Mails.Now, Days, 0.01m)).OfType<ListingInsight>().OrderByDescending(insight => insight.Drop)]);

    static (ProductDetails, ImmutableArray<PricePoint>) Walk(int number, string title, (double Day, decimal Price)[] prices, string link = "")
    {
        var points = prices.Select(price => new PricePoint(Mails.Now.AddDays(price.Day).UtcDateTime, new(price.Price, "USD"))).ToImmutableArray();
        var listing = Mails.Listing(number, title, points[^1].Price.Value);
        return (new()
        {
            ItemId = listing.ItemId,
            ListingNumber = number,
            Title = title,
            Price = listing.Price,
            SellerPrice = listing.SellerPrice,
            PriceSince = points[^1].At,
            Condition = listing.Condition,
            Marketplace = "EBAY_US",
            Url = listing.Url + link,
            ImageUrl = listing.ImageUrl,
            Shipping = listing.Shipping,
            BuyingOptions = listing.BuyingOptions,
            FirstSeen = points[0].At,
            LastSeen = Mails.Now.AddHours(-1),
        }, points);
    }
}
