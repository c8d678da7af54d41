using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>An auction is said once, shortly before it ends.</summary>
public class EndingAuctionsTests
{
    static readonly AlertRules rules = new() { EndingWithinMinutes = 30, MaxBids = 3, BidAtOrBelow = 50 };

    [Fact]
    public void Once_from_the_first_tick_within_the_lead_whatever_the_interval()
    {
        var ann = WhoKnows(Choosing(SearchFor(rules: rules)) with { FrequencyMinutes = 20 }, Auction(1, ends: 65));

        Assert.Equal(Noon.AddMinutes(20), ann.User.NextDue);
        ann.Now = Noon.AddMinutes(20);
        Assert.Empty(ann.Finds(Auction(1, ends: 65)));
        // Between two checks of the user's, at the first tick after 12:35.
        Assert.Equal(Noon.AddMinutes(36), ann.User.NextDue);
        ann.Now = Noon.AddMinutes(36);
        Assert.Equal(0, ann.KnownVersion(ann.Now));
        Assert.True(NeedsRefresh(ann));
        Assert.Equal(["Listed 1"], ann.Finds(Auction(1, ends: 65)));
        Assert.True(Assert.Single(ann.User.Outbox!.Notification.Sections[0].Items).IsEnding);
        ann.Send();
        Assert.False(NeedsRefresh(ann));
        for (var minute = 38; minute < 65; minute += 2)
            Assert.Empty(ann.Finds(Auction(1, ends: 65, price: 40 + minute / 10m)));
    }

    [Fact]
    public void Not_with_more_bids_or_a_higher_bid_than_wanted_not_when_bought_and_not_when_it_has_ended()
    {
        var ann = WhoKnows(Choosing(SearchFor(rules: rules)), Auction(1, ends: 35), Auction(2, ends: 35), Auction(3, ends: 35), Auction(4, ends: 7), Listing(5, ends: Noon.AddMinutes(35)));

        ann.Now = Noon.AddMinutes(10);
        Assert.Empty(ann.Finds(Auction(1, ends: 35, bids: 4), Auction(2, ends: 35, price: 50.01m), Auction(4, ends: 7), Listing(5, ends: Noon.AddMinutes(35))));
        Assert.Null(ann.User.Searches[0].NextEnding);
    }

    [Fact]
    public void After_quiet_hours_what_has_not_ended_then()
    {
        var quiet = Choosing(SearchFor(rules: rules)) with { QuietHours = new QuietHours { From = 13, To = 14 } };
        var ann = WhoKnows(quiet, Auction(1, ends: 100), Auction(2, ends: 130), Auction(3, ends: 131));

        // 13:10 and 13:40: both come within the lead in quiet hours. The first ends in them.
        ann.Now = Noon.AddMinutes(72);
        Assert.Empty(ann.Finds(Auction(1, ends: 100), Auction(2, ends: 130), Auction(3, ends: 131)));
        Assert.False(NeedsRefresh(ann));
        ann.Now = Noon.AddMinutes(102);
        Assert.Empty(ann.Finds(Auction(2, ends: 130), Auction(3, ends: 131)));
        Assert.False(NeedsRefresh(ann));
        ann.Now = Noon.AddMinutes(120);
        Assert.True(NeedsRefresh(ann));
        // The refresh says that the third was bid on.
        Assert.Equal(["Listed 2"], ann.Finds(Auction(2, ends: 130), Auction(3, ends: 131, price: 60)));
    }

    [Fact]
    public void In_quiet_hours_where_that_is_wanted()
    {
        var quiet = Choosing(SearchFor(rules: rules)) with { QuietHours = new QuietHours { From = 13, To = 14 }, EndingInQuietHours = true };
        var ann = WhoKnows(quiet, Auction(1, ends: 100));

        ann.Now = Noon.AddMinutes(72);
        Assert.Equal(0, ann.KnownVersion(ann.Now));
        Assert.True(NeedsRefresh(ann));
        Assert.Equal(["Listed 1"], ann.Finds(Auction(1, ends: 100)));
        Assert.True(Schedule.MaySend(ann.User, Noon.AddMinutes(72)));
    }

    [Fact]
    public void By_one_of_two_searches_that_find_it_and_again_only_as_another_auction()
    {
        var ann = new Checks(Choosing(SearchFor(rules: rules), SearchFor("b", "s-00000002", rules)));
        ann.Gets(ann.Found(), ann.Found());
        ann.Send();
        ann.Gets(ann.Found(Auction(1, ends: 20)), ann.Found(Auction(1, ends: 20)));
        Assert.True(Assert.Single(ann.User.Outbox!.Notification.Sections.SelectMany(section => section.Items)).IsEnding);
        ann.Send();
        Assert.Empty(ann.Gets(ann.Found(Auction(1, ends: 20)), ann.Found(Auction(1, ends: 20))));
        // It found no buyer and was listed anew.
        Assert.Equal(["New 9"], ann.Gets(ann.Found(Auction(9, ends: 30)), ann.Found()));
    }

    [Fact]
    public void A_mail_that_waits_is_not_sent_with_an_auction_that_has_ended()
    {
        var ann = WhoKnows(Choosing(SearchFor(rules: rules)), Auction(1, ends: 35));
        ann.Now = Noon.AddMinutes(10);
        ann.Finds(Auction(1, ends: 35), Listing(2));
        ann.Defer();

        Assert.False(Schedule.MaySend(ann.User with { Outbox = ann.User.Outbox! with { NextAttemptAt = null } }, Noon.AddMinutes(36)));
        ann.Now = Noon.AddMinutes(36);
        Assert.Equal(0, ann.KnownVersion(ann.Now));
        Assert.Equal(["New 2"], ann.Finds(Listing(2)));
    }

    [Fact]
    public void It_goes_before_new_listings_and_waits_for_no_pause()
    {
        var ann = WhoKnows(Choosing(SearchFor(rules: rules)) with { MinutesBetweenMails = 60 }, Auction(1, ends: 35));
        Assert.Empty(ann.Finds(Auction(1, ends: 35), Listing(100)));
        ann.Now = Noon.AddMinutes(10);
        var many = Enumerable.Range(200, 60).Select(number => Listing(number, created: Noon.AddMinutes(3)));

        var mail = ann.Finds([Auction(1, ends: 35), Listing(100), .. many]).ToList();

        Assert.Contains("Listed 1", mail);
        Assert.Equal(NotificationSection.MaxItems, mail.Count);
    }

    static Checks WhoKnows(UserSettings settings, params Listing[] listings)
    {
        var ann = new Checks(settings);
        ann.Finds(listings);
        ann.Send();
        return ann;
    }

    static bool NeedsRefresh(Checks ann) => RunPlan.NeedsRefresh(ann.User, ann.Search, SearchQuery.KeyOf(ann.Search, "en"), ann.Now);

    static Listing Auction(long number, int ends, decimal price = 40, int bids = 1) =>
        Listing(number, price, auction: true, ends: Noon.AddMinutes(ends)) with { BidCount = bids };
}
