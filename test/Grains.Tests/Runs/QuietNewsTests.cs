using System.Text.Json;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>What a new user is spared: small drops, prices that swing, and mails one after the other. Users stored before keep theirs.</summary>
public class QuietNewsTests
{
    static readonly UserSettings quiet = Choosing(SearchFor(rules: AlertRules.ForNewSearches)) with { MinutesBetweenMails = 10 };

    [Fact]
    public void A_drop_is_news_from_five_per_cent_and_one_below_the_lowest_price_shown()
    {
        var ann = new Watch(AlertRules.ForNewSearches);
        ann.Sees(Listing(1, 100), Listing(2, 10));
        Assert.Empty(ann.Tells(Listing(1, 95.01m), Listing(2, 9.01m)));
        Assert.Equal(["PriceDrop 1 100→95", "PriceDrop 2 10→9"], ann.Tells(Listing(1, 95), Listing(2, 9)).Order());
        Assert.Empty(ann.Tells(Listing(1, 91), Listing(2, 8.5m)));
    }

    [Fact]
    public void A_swinging_price_is_no_news_until_it_passes_the_lowest_shown()
    {
        var ann = new Watch(AlertRules.ForNewSearches);
        ann.Sees(Listing(1, 100));
        Assert.Equal(["PriceDrop 1 100→90"], ann.Tells(Listing(1, 90)));
        foreach (var price in (decimal[])[100, 90, 120, 88, 100, 86])
            Assert.Empty(ann.Tells(Listing(1, price)));
        Assert.Equal(["PriceDrop 1 90→85"], ann.Tells(Listing(1, 85)));
    }

    [Fact]
    public void The_smallest_change_is_in_the_scale_of_the_price_shown()
    {
        var ann = new Watch(AlertRules.ForNewSearches);
        ann.Sees(Listing(1, 1_000, "JPY", shown: 6.50m), Listing(2, 2_000, "JPY", shown: 13));
        Assert.Equal(["PriceDrop 2 2000→1800"], ann.Tells(Listing(1, 900, "JPY", shown: 5.85m), Listing(2, 1_800, "JPY", shown: 11.70m)));
    }

    [Fact]
    public void News_waits_until_ten_minutes_after_the_last_mail_and_is_said_as_it_is_then()
    {
        var ann = new Checks(quiet);
        ann.Finds(Listing(1));
        ann.Send();
        for (var minute = 2; minute < 10; minute += 2)
            Assert.Empty(ann.Finds(Listing(1), Listing(2), Listing(3)));
        Assert.Equal(Noon.AddMinutes(10), ann.User.NextDue);
        Assert.Equal(["New 2"], ann.Finds(Listing(1), Listing(2)));
        ann.Send();
        Assert.Empty(ann.Finds(Listing(1), Listing(2), Listing(4)));
        ann.Now = Noon.AddMinutes(20);
        Assert.Equal(["New 4"], ann.Finds(Listing(1), Listing(2), Listing(4)));
    }

    [Fact]
    public void A_target_reached_an_auction_that_ends_and_a_first_result_wait_for_no_pause()
    {
        var ann = new Checks(quiet with { Searches = [SearchFor(rules: AlertRules.ForNewSearches), SearchFor("b", "s-00000002", new AlertRules { PriceAtOrBelow = 50 })] });
        ann.Gets(ann.Found(Listing(1)), ann.Found());
        ann.Send();
        Assert.Equal(["New 3"], ann.Gets(ann.Found(Listing(1)), ann.Found(Listing(3, 40))));
        ann.Send();
        Assert.Equal(["New 4"], ann.Gets(ann.Found(Listing(1), Listing(4, auction: true, ends: ann.Now.AddMinutes(25))), ann.Found(Listing(3, 40))));
        ann.Send();
        ann.User = ann.User.With(ann.User.Settings with { Searches = ann.User.Settings.Searches.Add(SearchFor("c", "s-00000003")) });
        Assert.Equal(["Listed 9"], ann.Gets(ann.Found(Listing(1)), ann.Found(Listing(3, 40)), ann.Found(Listing(9))));
    }

    [Theory]
    [InlineData(10, 10, NotifyMode.Changes)]
    [InlineData(2, 0, NotifyMode.Changes)]
    [InlineData(2, null, NotifyMode.Changes)]
    [InlineData(2, 10, NotifyMode.EveryCheck)]
    public void Who_is_not_checked_more_often_has_no_pause_stored_before_or_wants_every_check_has_none(int frequency, int? pause, NotifyMode notify) =>
        Assert.Null(Schedule.PauseAfterAlert(quiet with { FrequencyMinutes = frequency, MinutesBetweenMails = pause, Notify = notify }, Noon, TimeSpan.FromMinutes(2)));

    [Fact]
    public void A_user_stored_without_rules_and_pause_keeps_hearing_of_any_drop_at_once()
    {
        var stored = JsonSerializer.Deserialize<UserSettings>("""{"Email":"ann@example.org","FrequencyMinutes":2,"Searches":[{"Id":"s-00000001","Phrase":"iphone 13"}]}""")!;

        Assert.Equal(AlertRules.Default, stored.Searches[0].Rules);
        var ann = new Checks(stored);
        ann.Finds(Listing(1));
        ann.Send();
        Assert.Equal(["PriceDrop 1 100→99"], ann.Finds(Listing(1, 99)));
    }

    [Fact]
    public void A_pause_of_a_clock_that_was_wrong_holds_nothing_back()
    {
        var ann = new Checks(quiet);
        ann.Finds(Listing(1));
        ann.Send();
        ann.User = ann.User with { NextAlertAt = Noon.AddYears(3) };
        Assert.Equal(["New 2"], ann.Finds(Listing(1), Listing(2)));
    }
}
