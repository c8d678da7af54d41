using Alerts.Search;
using Alerts.Settings;
using Alerts.Settings.Validation;
using static Alerts.Tests.Some;

namespace Alerts.Tests.News;

/// <summary>What it costs the buyer: price and shipping together.</summary>
public class TotalPriceTests
{
    static Listing With(long number, decimal price, decimal? shipping) => Listing(number, price) with { Shipping = shipping is { } cost ? new Money(cost, "USD") : null };

    static Watch Watching(UnknownShipping unknown = UnknownShipping.Include) =>
        new(new AlertRules { TotalAtOrBelow = 100, UnknownShipping = unknown }) { Memory = Started().Memory };

    static Watch Started()
    {
        var watch = new Watch(new AlertRules { TotalAtOrBelow = 100 });
        watch.Sees();
        return watch;
    }

    [Fact]
    public void A_listing_is_news_once_where_price_and_shipping_together_are_low_enough()
    {
        var ann = Watching();
        Assert.Equal(["New 1"], ann.Tells(With(1, 90, 10), With(2, 90, 11), With(3, 101, 0)));
        Assert.Empty(ann.Tells(With(1, 90, 10), With(2, 90, 11), With(3, 101, 0)));
        Assert.Equal(["PriceDrop 3 →95"], ann.Tells(With(1, 90, 10), With(2, 90, 11), With(3, 95, 0)).Select(news => news == "PriceDrop 3" ? "PriceDrop 3 →95" : news));
    }

    [Fact]
    public void Cheaper_shipping_alone_makes_a_listing_news()
    {
        var ann = Watching();
        Assert.Empty(ann.Tells(With(1, 90, 20)));
        Assert.Equal(["New 1"], ann.Tells(With(1, 90, 5)));
        Assert.Empty(ann.Tells(With(1, 90, 0)));
    }

    [Theory]
    [InlineData(UnknownShipping.Include, "New 1")]
    [InlineData(UnknownShipping.LeaveOut)]
    public void Shipping_that_is_not_stated_is_included_or_left_out_as_chosen(UnknownShipping unknown, params string[] news) =>
        Assert.Equal(news, Watching(unknown).Tells(With(1, 90, null), With(2, 101, null)));

    [Fact]
    public void Prices_are_added_as_the_marketplace_shows_them() =>
        Assert.Equal(["New 1"], Watching().Tells(
            Listing(1, 13_000, "JPY", shown: 85) with { Shipping = new Money(10, "USD") },
            Listing(2, 13_000, "JPY", shown: 95) with { Shipping = new Money(10, "USD") }));

    [Fact]
    public void Both_targets_may_be_set_and_both_count() => Assert.Equal(["New 2"], new Watch(new AlertRules { TotalAtOrBelow = 100, PriceAtOrBelow = 60 })
    {
        Memory = Started().Memory,
    }.Tells(With(1, 90, 0), With(2, 55, 30), With(3, 60, 50)));

    [Fact]
    public void Wrong_values_are_errors_at_their_fields()
    {
        var search = SearchFor();

        Assert.Equal(["rules.totalAtOrBelow"], UserSettingsValidator.Validate(search with { Rules = new AlertRules { TotalAtOrBelow = 0 } }).Keys);
        Assert.Equal(["rules.unknownShipping"], UserSettingsValidator.Validate(search with { Rules = new AlertRules { UnknownShipping = (UnknownShipping)5 } }).Keys);
        Assert.Equal(["seller.minPercent", "seller.minRatings"], UserSettingsValidator.Validate(search with { Seller = new SellerRules { MinPercent = 101, MinRatings = -1 } }).Keys);
        Assert.Equal(["seller.accountType"], UserSettingsValidator.Validate(search with { Seller = new SellerRules { AccountType = SellerAccountType.Business } }).Keys);
        Assert.Empty(UserSettingsValidator.Validate(search with { Marketplace = "EBAY_DE", Seller = new SellerRules { AccountType = SellerAccountType.Business } }));
        Assert.Equal(["seller.exclude", "seller.include[0]"], UserSettingsValidator.Validate(search with { Seller = new SellerRules { Include = ["no blank allowed"], Exclude = ["b"] } }).Keys);
        Assert.Equal(["includeWords[0]"], UserSettingsValidator.Validate(search with { IncludeWords = ["?"] }).Keys);
    }
}
