using System.Collections.Immutable;
using Alerts.Insights;
using Alerts.Search;
using Alerts.SharedData.Prices;
using Alerts.SharedData.Products;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.Insights;

public class InsightFinderTests
{
    [Fact]
    public void A_listing_that_costs_less_than_at_the_beginning_is_told_with_its_prices_day_by_day()
    {
        var insight = Find((-20, 100), (-5.5, 90), (-2.5, 95), (-0.5, 80));

        Assert.NotNull(insight);
        Assert.Equal((new Money(100, "USD"), 0.2m), (insight.Before, insight.Drop));
        Assert.Equal([100, 100, 100, 100, 100, 100, 100, 100, 90, 90, 90, 95, 95, 80], insight.Trend.Days.Select(day => day!.Value));
        Assert.Equal((new Money(80, "USD"), new Money(100, "USD"), Start.AddDays(-20)), (insight.Trend.Lowest, insight.Trend.Highest, insight.Trend.LowestSince));
    }

    [Fact]
    public void A_listing_that_came_within_the_days_is_measured_from_its_first_price()
    {
        var insight = Find((-3.5, 100), (-1.5, 90));

        Assert.Equal(new Money(100, "USD"), insight!.Before);
        Assert.Equal(10, insight.Trend.Days.TakeWhile(day => day is null).Count());
        Assert.Equal([100m, 100m, 90m, 90m], insight.Trend.Days.OfType<decimal>());
    }

    [Fact]
    public void A_price_that_was_lower_before_the_days_is_a_drop_but_no_lowest()
    {
        var insight = Find((-40, 50), (-20, 100), (-1, 80));

        Assert.Equal(0.2m, insight!.Drop);
        Assert.Null(insight.Trend.LowestSince);
        Assert.Equal(80, insight.Trend.Lowest.Value);
    }

    [Theory]
    [InlineData(100, 100), InlineData(100, 120), InlineData(100, 99.5), InlineData(0, 0)]
    public void What_did_not_come_down_by_a_hundredth_is_not_told(double first, double last) =>
        Assert.Null(Find((-20, (decimal)first), (-1, (decimal)last)));

    [Fact]
    public void A_price_that_rose_and_fell_back_is_not_told() => Assert.Null(Find((-20, 100), (-5, 130), (-1, 100)));

    [Fact]
    public void A_change_of_currency_is_no_drop()
    {
        ImmutableArray<PricePoint> prices = [new(Start.AddDays(-20).UtcDateTime, new(100, "USD")), new(Start.AddDays(-1).UtcDateTime, new(80, "EUR"))];

        Assert.Null(InsightFinder.Find(Product(new(80, "EUR")), prices, Start, 14, 0.01m));
    }

    static ListingInsight? Find(params (double Day, decimal Price)[] prices)
    {
        var points = prices.Select(price => new PricePoint(Start.AddDays(price.Day).UtcDateTime, new(price.Price, "USD"))).ToImmutableArray();
        return InsightFinder.Find(Product(points[^1].Price), points, Start, 14, 0.01m);
    }

    static ProductDetails Product(Money price) => new()
    {
        ItemId = "v1|42|0", ListingNumber = 42, Title = "iPhone 13", Price = price, SellerPrice = price, PriceSince = Start, Marketplace = "EBAY_US",
        BuyingOptions = [], FirstSeen = Start.AddDays(-60), LastSeen = Start,
    };
}
