using Alerts.Settings;
using static Alerts.Tests.Some;

namespace Alerts.Tests.News;

public class ComparisonTests
{
    static readonly DateTimeOffset longAgo = Noon.AddDays(-90);

    [Fact]
    public void First_sight_lists_what_is_there_the_cheapest_first() =>
        Assert.Equal(["Listed 2", "Listed 3", "Listed 1"], new Watch().Tells(Listing(1, 30), Listing(2, 10), Listing(3, 20)));

    [Fact]
    public void First_sight_shows_twenty_and_counts_the_rest()
    {
        var watch = new Watch();
        Assert.Equal(20, watch.Sees(Enumerable.Range(1, 50).Select(number => Listing(number, number))).Length);
        Assert.Equal(50, watch.Last.News.Count);
        Assert.Empty(watch.Sees(Enumerable.Range(1, 50).Select(number => Listing(number, number))));
    }

    [Fact]
    public void Nothing_at_first_sight_makes_the_first_listing_new()
    {
        var watch = new Watch();
        Assert.Empty(watch.Sees());
        Assert.True(watch.Last.MustWrite);
        Assert.Equal(["New 1"], watch.Tells(Listing(1)));
    }

    [Fact]
    public void A_listing_is_new_once()
    {
        var watch = new Watch();
        watch.Sees(Listing(1));
        Assert.Equal(["New 2"], watch.Tells(Listing(1), Listing(2)));
        Assert.Empty(watch.Sees(Listing(1), Listing(2)));
        Assert.False(watch.Last.MustWrite);
    }

    [Fact]
    public void The_name_of_the_seller_goes_no_further()
    {
        var watch = new Watch();
        Assert.Null(watch.Sees(Listing(1))[0].Listing.Seller);
    }

    [Fact]
    public void An_old_listing_that_moved_into_a_full_page_is_not_new()
    {
        var watch = new Watch { Total = 1000 };
        watch.Sees(Listing(1, 10), Listing(2, 20));
        Assert.Empty(watch.Sees(Listing(2, 20), Listing(3, 25, created: longAgo)));
        Assert.True(watch.Last.MustWrite);
        Assert.Equal(["PriceDrop 3"], watch.Tells(Listing(2, 20), Listing(3, 22, created: longAgo)));
    }

    [Fact]
    public void An_old_listing_that_its_seller_lowered_into_a_full_page_is_not_new()
    {
        var watch = new Watch { Total = 1000 };
        watch.Sees(Listing(1, 10), Listing(2, 20));
        Assert.Empty(watch.Sees(Listing(1, 10), Listing(3, 15, created: longAgo)));
    }

    [Fact]
    public void An_old_listing_in_a_result_that_held_everything_is_named_and_not_called_new() // It matches now and did not before.
    {
        var watch = new Watch();
        watch.Sees(Listing(1, 10));
        Assert.Equal(["Listed 2"], watch.Tells(Listing(1, 10), Listing(2, 15, created: longAgo)));
        Assert.Empty(watch.Sees(Listing(1, 10), Listing(2, 15, created: longAgo)));
    }

    [Fact]
    public void A_listing_that_eBay_shows_a_day_late_is_new_unless_it_was_there_before_the_person_asked()
    {
        var watch = new Watch { Total = 1000 };
        watch.Sees(Listing(1, 10));
        watch.Now = Noon.AddDays(2);
        watch.Sees(Listing(1, 10));
        Assert.Equal(["New 2"], watch.Tells(Listing(1, 10), Listing(2, 15, created: watch.Now.AddHours(-24))));
        Assert.Empty(watch.Sees(Listing(1, 10), Listing(2, 15, created: Noon.AddDays(1)), Listing(3, 5, created: Noon.AddMinutes(-1))));
    }

    [Fact]
    public void A_listing_without_a_date_is_new_where_the_last_page_would_have_shown_it()
    {
        var watch = new Watch { Total = 1000 };
        watch.Sees(Listing(1, 10), Listing(3, 20));
        Assert.Equal(["New 2"], watch.Tells(Listing(1, 10), Listing(2, 15), Listing(4, 25)));
    }

    [Fact]
    public void Drops_come_first_then_new_listings_then_rises_the_cheapest_first_in_each()
    {
        var watch = new Watch(new AlertRules { PriceRises = true });
        watch.Sees(Listing(1, 50), Listing(2, 50), Listing(3, 50));
        Assert.Equal(
            ["PriceDrop 2 50→40", "PriceDrop 1 50→45", "New 5", "New 4", "PriceRise 3 50→55"],
            watch.Tells(Listing(1, 45), Listing(2, 40), Listing(3, 55), Listing(4, 2), Listing(5, 1)));
    }

    [Fact]
    public void A_listing_that_vanishes_and_returns_is_not_new()
    {
        var watch = new Watch();
        watch.Sees(Listing(1), Listing(2));
        Assert.Empty(watch.Sees(Listing(1)));
        Assert.False(watch.Last.MustWrite);
        Assert.Empty(watch.Sees(Listing(1), Listing(2)));
        Assert.Equal(["PriceDrop 2 100→90"], watch.Tells(Listing(1), Listing(2, 90)));
    }

    [Fact]
    public void A_listing_gone_for_a_month_is_forgotten()
    {
        var watch = new Watch();
        watch.Sees(Listing(1), Listing(2));
        watch.Sees(Listing(1));
        watch.Now += TimeSpan.FromDays(31);
        watch.Sees(Listing(1));
        Assert.Equal(1, Assert.Single(watch.Memory.Seen).Number);
        Assert.Equal(["New 2"], watch.Tells(Listing(1), Listing(2)));
    }

    [Fact]
    public void Variations_of_a_listing_count_once_at_the_cheapest()
    {
        var watch = new Watch();
        var listed = Assert.Single(watch.Sees(Listing(1, 30, variation: "a"), Listing(1, 20, variation: "b"), Listing(1, 25, variation: "c")));
        Assert.Equal(20, listed.Listing.SellerPrice.Value);
        Assert.Empty(watch.Sees(Listing(1, 20, variation: "b")));
        Assert.Equal(["PriceDrop 1 20→15"], watch.Tells(Listing(1, 30, variation: "a"), Listing(1, 15, variation: "c")));
    }

    [Fact]
    public void A_relisted_item_is_not_new()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, title: "Blue iPhone 13"), Listing(2));
        Assert.Empty(watch.Sees(Listing(2)));
        Assert.Empty(watch.Sees(Listing(2), Listing(3, title: "BLUE  iPhone 13")));
        Assert.DoesNotContain(watch.Memory.Seen, seen => seen.Number == 1);
    }

    [Fact]
    public void What_was_there_at_the_start_and_gone_before_the_first_mail_is_not_new_when_it_is_listed_anew()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, title: "Lamp", created: longAgo), Listing(2, created: longAgo));
        // The first mail waits.
        watch.Memory = watch.Last.Next;
        Assert.Equal(["Listed 2"], watch.Tells(Listing(2, created: longAgo)));

        var again = Listing(3, title: "Lamp", created: watch.Now);
        Assert.Equal(["Listed 3"], watch.Tells(Listing(2, created: longAgo), again));
        // No mail left: the next check says the same.
        watch.Memory = watch.Last.Next;
        Assert.Equal(["Listed 3"], watch.Tells(Listing(2, created: longAgo), again));
        Assert.Equal(["PriceDrop 3 100→80"], watch.Tells(Listing(2, created: longAgo), Listing(3, 80, title: "Lamp", created: watch.Now)));
    }

    [Fact]
    public void An_item_relisted_cheaper_is_a_drop()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, title: "Blue iPhone 13"));
        Assert.Equal(["PriceDrop 3 100→80"], watch.Tells(Listing(3, 80, title: "Blue iPhone 13")));
    }

    [Fact]
    public void The_same_title_beside_the_old_listing_or_of_another_seller_is_new()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, title: "Blue iPhone 13"));
        Assert.Equal(["New 2"], watch.Tells(Listing(1, title: "Blue iPhone 13"), Listing(2, title: "Blue iPhone 13")));
        Assert.Equal(["New 3"], watch.Tells(Listing(2, title: "Blue iPhone 13"), Listing(3, title: "Blue iPhone 13", seller: "other")));
    }

    [Fact]
    public void Of_two_listed_anew_for_one_that_ended_one_is_new()
    {
        var watch = new Watch();
        watch.Sees(Listing(1, title: "Blue iPhone 13"));
        Assert.Equal(["New 3"], watch.Tells(Listing(2, title: "Blue iPhone 13"), Listing(3, title: "Blue iPhone 13")));
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_the_longest_gone_goes_first()
    {
        var watch = new Watch { MaxSeen = 4 };
        watch.Sees(Listing(1), Listing(2));
        watch.Sees(Listing(2), Listing(3));
        watch.Sees(Listing(3), Listing(4), Listing(5));
        Assert.Equal([2, 3, 4, 5], watch.Memory.Seen.Select(seen => seen.Number));
        watch.Sees(Enumerable.Range(10, 9).Select(number => Listing(number, number)));
        Assert.Equal([10, 11, 12, 13], watch.Memory.Seen.Select(seen => seen.Number));
    }

    [Fact]
    public void Every_check_lists_the_cheapest_twenty_each_time()
    {
        var watch = new Watch(notify: NotifyMode.EveryCheck);
        Assert.Equal(["Listed 1", "Listed 2"], watch.Tells(Listing(2, 20), Listing(1, 10)));
        Assert.Equal(["Listed 1", "Listed 2"], watch.Tells(Listing(2, 20), Listing(1, 10)));
    }
}
