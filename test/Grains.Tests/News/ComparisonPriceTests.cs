using Alerts.Settings;
using static Alerts.Tests.Some;

namespace Alerts.Tests.News;

public class ComparisonPriceTests
{
    [Fact]
    public void A_drop_is_measured_from_the_price_first_seen_and_then_from_the_one_told()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 100));
        Assert.Equal(["PriceDrop 1 100→90"], watch.Tells(Listing(1, 90)));
        Assert.Equal(["PriceDrop 1 90→85"], watch.Tells(Listing(1, 85)));
        Assert.Empty(watch.Sees(Listing(1, 85)));
    }

    [Fact]
    public void A_rise_is_no_news_and_the_next_drop_is_measured_from_it()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 100));
        Assert.Empty(watch.Sees(Listing(1, 120)));
        Assert.True(watch.Last.MustWrite);
        Assert.Equal(["PriceDrop 1"], watch.Tells(Listing(1, 110)));
    }

    [Fact]
    public void A_rise_that_eBay_answered_before_the_last_mail_was_made_is_a_price_nobody_was_shown()
    {
        var watch = new Watch { Age = TimeSpan.FromMinutes(5) };
        watch.Sees(Listing(1, 100));
        watch.Age = TimeSpan.FromMinutes(3);
        Assert.Empty(watch.Sees(Listing(1, 120)));
        Assert.Equal(["PriceDrop 1"], watch.Tells(Listing(1, 110)));
    }

    [Fact]
    public void A_rise_is_told_when_asked_for()
    {
        var watch = new Watch(new AlertRules { PriceRises = true, MinimumChange = 5 });
        watch.Sees(Listing(1, 100));
        Assert.Empty(watch.Sees(Listing(1, 104)));
        Assert.Equal(["PriceRise 1"], watch.Tells(Listing(1, 109)));
    }

    [Fact]
    public void The_exchange_rate_alone_is_no_news()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 99, "CAD", shown: 75));
        Assert.Empty(watch.Sees(Listing(1, 99, "CAD", shown: 60)));
        Assert.False(watch.Last.MustWrite);
    }

    [Fact]
    public void Prices_in_two_currencies_are_not_compared()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 1000, "JPY"));
        Assert.Empty(watch.Sees(Listing(1, 7, "USD")));
        Assert.Equal(["PriceDrop 1"], watch.Tells(Listing(1, 6, "USD")));
    }

    [Fact]
    public void Bids_on_an_auction_are_no_news_and_neither_is_its_end()
    {
        var ends = Noon.AddMinutes(5);
        var watch = new Watch();
        watch.Sees(Listing(1, 10, auction: true, ends: ends));
        Assert.Empty(watch.Sees(Listing(1, 50, auction: true, ends: ends)));
        watch.Now = ends;
        Assert.Empty(watch.Sees(Listing(1, 1, auction: true, ends: ends)));
    }

    [Fact]
    public void A_running_auction_whose_price_falls_is_a_drop() // The seller lowered the opening bid.
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 10, auction: true));
        Assert.Equal(["PriceDrop 1 10→5"], watch.Tells(Listing(1, 5, auction: true)));
    }

    [Fact]
    public void A_bid_and_a_fixed_price_are_not_compared()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 100));
        Assert.Empty(watch.Sees(Listing(1, 10, auction: true)));
    }

    [Fact]
    public void An_auction_listed_anew_starts_anew()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 100, auction: true, title: "Blue iPhone 13"));
        Assert.Empty(watch.Sees(Listing(2, 1, auction: true, title: "Blue iPhone 13")));
    }

    [Fact]
    public void With_a_target_price_only_what_meets_it_is_told()
    {
        var watch = new Watch(new AlertRules { PriceAtOrBelow = 50 });
        Assert.Equal(["Listed 1"], watch.Tells(Listing(1, 50), Listing(2, 60)));
        Assert.Equal(["New 3"], watch.Tells(Listing(1, 50), Listing(2, 55), Listing(3, 40), Listing(4, 70)));
        Assert.Equal(["PriceDrop 2"], watch.Tells(Listing(1, 50), Listing(2, 50), Listing(3, 40), Listing(4, 70)));
    }

    [Fact]
    public void Coming_down_to_the_target_price_is_told_however_small_the_step()
    {
        var watch = new Watch(new AlertRules { PriceAtOrBelow = 50, DropPercent = 20, MinimumChange = 5 });
        watch.Sees(Listing(1, 51));
        Assert.Equal(["PriceDrop 1"], watch.Tells(Listing(1, 50)));
        Assert.Empty(watch.Sees(Listing(1, 45)));
        Assert.Equal(["PriceDrop 1 50→40"], watch.Tells(Listing(1, 40)));
    }

    [Fact]
    public void A_target_price_set_later_tells_once_of_what_meets_it_already()
    {
        var watch = new Watch(new AlertRules { PriceAtOrBelow = 50 });
        watch.Sees(Listing(1, 60));
        watch.Search = SearchFor(rules: new AlertRules { PriceAtOrBelow = 70 });
        Assert.Equal(["New 1"], watch.Tells(Listing(1, 60)));
        Assert.Empty(watch.Sees(Listing(1, 60)));
    }

    [Fact]
    public void Small_falls_add_up_to_the_smallest_worth_telling()
    {
        var watch = new Watch(new AlertRules { MinimumChange = 5 });
        watch.Sees(Listing(1, 100));
        Assert.Empty(watch.Sees(Listing(1, 97)));
        Assert.Equal(["PriceDrop 1 100→95"], watch.Tells(Listing(1, 95)));
    }

    [Fact]
    public void A_fall_under_the_percentage_is_not_told()
    {
        var watch = new Watch(new AlertRules { DropPercent = 10 });
        watch.Sees(Listing(1, 100));
        Assert.Empty(watch.Sees(Listing(1, 90.01m)));
        Assert.Equal(["PriceDrop 1 100→90"], watch.Tells(Listing(1, 90)));
    }

    [Fact]
    public void A_told_price_is_told_again_only_after_the_rise_that_arms_it()
    {
        var watch = new Watch(new AlertRules { RearmPercent = 25 });
        watch.Sees(Listing(1, 100));
        Assert.Equal(["PriceDrop 1 100→80"], watch.Tells(Listing(1, 80)));
        Assert.Empty(watch.Sees(Listing(1, 99)));
        Assert.Empty(watch.Sees(Listing(1, 80)));
        Assert.Empty(watch.Sees(Listing(1, 100)));
        Assert.Equal(["PriceDrop 1"], watch.Tells(Listing(1, 80)));
        Assert.Equal(["PriceDrop 1 80→70"], watch.Tells(Listing(1, 70)));
    }

    [Fact]
    public void In_the_cooldown_nothing_is_told_and_after_it_what_still_holds()
    {
        var watch = new Watch(new AlertRules { CooldownHours = 1 });
        watch.Sees(Listing(1, 100));
        watch.Now = Noon.AddMinutes(59);
        Assert.Empty(watch.Sees(Listing(1, 90)));
        Assert.Equal(0, watch.Memory.SnapshotVersion); // So that the next check compares again though nothing changed.
        watch.Now = Noon.AddMinutes(60);
        Assert.Equal(["PriceDrop 1 100→90"], watch.Tells(Listing(1, 90)));
        Assert.NotEqual(0, watch.Memory.SnapshotVersion);
    }

    [Fact]
    public void New_listings_can_be_left_out_and_their_drops_are_told()
    {
        var watch = new Watch(new AlertRules { NewListings = false });
        watch.Sees(Listing(1));
        Assert.Empty(watch.Sees(Listing(1), Listing(2, 50)));
        Assert.Equal(["PriceDrop 2"], watch.Tells(Listing(1), Listing(2, 40)));
    }

    [Fact]
    public void A_price_of_nothing_is_no_price()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 100), Listing(2, 0));
        Assert.Equal(["New 2"], watch.Tells(Listing(1, 0), Listing(2, 50)));
        Assert.Equal(["PriceDrop 1 100→90"], watch.Tells(Listing(1, 90), Listing(2, 50)));
    }

    [Fact]
    public void An_auction_with_bids_whose_answer_lacks_the_bid_is_not_compared_with_its_opening_price()
    {
        var watch = new Watch();
        var auction = Listing(1, 50, auction: true) with { BidCount = 7 };
        watch.Sees(auction);
        Assert.Empty(watch.Sees(Listing(1, 1, auction: true) with { BidCount = 7 }));
        Assert.Empty(watch.Sees(Listing(1, 1, auction: true)));
        Assert.Empty(watch.Sees(auction));
    }

    [Fact]
    public void A_lower_case_currency_is_the_same_currency()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 100));
        Assert.Equal(["PriceDrop 1 100→90"], watch.Tells(Listing(1, 90, "usd")));
    }

    [Fact]
    public void A_swinging_price_that_never_arms_again_is_named_only_below_the_lowest_price_named()
    {
        var watch = new Watch(new AlertRules { RearmPercent = AlertRules.NeverRearm });
        watch.Sees(Listing(1, 100));
        Assert.Equal(["PriceDrop 1 100→80"], watch.Tells(Listing(1, 80)));
        Assert.Empty(watch.Sees(Listing(1, 900)));
        Assert.Empty(watch.Sees(Listing(1, 80)));
        Assert.Equal(["PriceDrop 1 80→79"], watch.Tells(Listing(1, 79)));
    }

    [Fact]
    public void A_moment_of_a_clock_that_was_wrong_hides_no_news()
    {
        var watch = new Watch(new AlertRules { CooldownHours = 1 }) { Total = 1000 };
        watch.Sees(Listing(1, 100));
        watch.Now = Noon.AddDays(365);
        Assert.Equal(["PriceDrop 1 100→90"], watch.Tells(Listing(1, 90)));
        watch.Now = Noon.AddDays(1);
        Assert.Equal(["PriceDrop 1 90→80", "New 2"], watch.Tells(Listing(1, 80), Listing(2, 85, created: Noon.AddHours(23))));
    }
}
