using Alerts.Outbox;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>An auction that ends within the hour may pass quiet hours, where the person says so.</summary>
public class QuietAuctionsTests
{
    static readonly UserSettings asleep = Choosing(SearchFor(), SearchFor("apple", "s-00000002")) with { QuietHours = new QuietHours { From = 13, To = 20 } };

    static Checks Watching(UserSettings settings)
    {
        var checks = new Checks(settings);
        checks.Gets(checks.Found(Listing(1)), checks.Found(Listing(1)));
        checks.Send();
        checks.Now = Noon.AddHours(2);
        return checks;
    }

    static Listing Ending(Checks checks, int minutes) =>
        Listing(2, auction: true, created: checks.Now.AddMinutes(-1), ends: checks.Now.AddMinutes(minutes));

    [Fact]
    public void It_waits_for_their_end_where_nothing_is_said()
    {
        var checks = Watching(asleep);
        Assert.Empty(checks.Gets(checks.Found(Listing(1), Ending(checks, 30)), checks.Found(Listing(1))));
        Assert.NotNull(checks.User.WaitingSince);
    }

    [Fact]
    public void It_is_told_at_once_where_that_is_wanted_and_other_news_waits()
    {
        var checks = Watching(asleep with { EndingInQuietHours = true });
        Assert.Equal(["New 2"], checks.Gets(checks.Found(Listing(1), Ending(checks, 30)), checks.Found(Listing(1), Listing(3, created: checks.Now.AddMinutes(-1)))));
        Assert.NotNull(Delivery.NextAlert(checks.User, checks.Now));
        Assert.NotNull(checks.User.WaitingSince);
    }

    [Fact]
    public void One_that_ends_later_is_told_once_it_ends_soon_also_when_eBay_has_nothing_new()
    {
        var checks = Watching(asleep with { EndingInQuietHours = true });
        var auction = Ending(checks, 90);
        Assert.Empty(checks.Gets(checks.Found(Listing(1), auction), checks.Found(Listing(1))));

        checks.Now = Noon.AddHours(2.75);

        // The content is asked for although it is known.
        Assert.Equal(0, checks.KnownVersion(checks.Now));
        Assert.Equal(["New 2"], checks.Gets(checks.Found(Listing(1), auction), checks.Found(Listing(1))));
    }

    [Fact]
    public void An_alert_that_waits_in_quiet_hours_goes_when_one_of_its_auctions_ends_soon()
    {
        var checks = Watching(asleep with { EndingInQuietHours = true });
        checks.Gets(checks.Found(Listing(1), Ending(checks, 30)), checks.Found(Listing(1)));
        Assert.True(Schedule.MaySend(checks.User, checks.Now));
        Assert.False(Schedule.MaySend(checks.User with { Settings = asleep }, checks.Now));
        // Once it has ended the alert waits like any other.
        Assert.False(Schedule.MaySend(checks.User, checks.Now.AddMinutes(40)));
    }
}
