using System.Globalization;
using Alerts.Insights;
using Alerts.Outbox;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tokens;
using Alerts.Users;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.Insights;

public class InsightPlannerTests
{
    const string Ann = "u-0123456789abcdef0123456789abcdef";

    static readonly UserSettings settings = new()
    {
        Email = "ann@example.org",
        FrequencyMinutes = 2,
        TimeZone = "Europe/Berlin",
        Searches = [new SearchSettings { Id = "s-00000001", Phrase = "iphone 13" }, new SearchSettings { Id = "s-00000002", Phrase = "iphone", ExcludeWords = ["broken"] }],
    };

    [Theory]
    [InlineData(InsightPeriod.Daily, "2026-03-14T07:59Z", "2026-03-14T08:00Z")]
    [InlineData(InsightPeriod.Daily, "2026-03-14T08:00Z", "2026-03-15T08:00Z")]
    [InlineData(InsightPeriod.Daily, "2026-03-28T08:00Z", "2026-03-29T07:00Z")]
    [InlineData(InsightPeriod.Weekly, "2026-03-14T08:00Z", "2026-03-16T08:00Z")]
    [InlineData(InsightPeriod.Weekly, "2026-03-16T07:59Z", "2026-03-16T08:00Z")]
    [InlineData(InsightPeriod.Weekly, "2026-03-16T08:00Z", "2026-03-23T08:00Z")]
    public void It_comes_at_the_hour_of_the_users_clock(InsightPeriod period, string after, string due) =>
        Assert.Equal(Moment(due), InsightPlanner.NextDue(settings with { InsightPeriod = period }, Moment(after)));

    [Fact]
    public void It_is_due_once_however_many_were_missed()
    {
        var user = User() with { InsightAt = Moment("2026-03-02T08:00Z") };
        var now = Moment("2026-03-30T07:30Z");

        Assert.True(InsightPlanner.IsDue(user, now));
        Assert.False(InsightPlanner.IsDue(InsightPlanner.Plan(user, [Nothing, Nothing], now, Ann), now.AddDays(6)));
        Assert.True(InsightPlanner.IsDue(InsightPlanner.Plan(user, [Nothing, Nothing], now, Ann), now.AddDays(7)));
    }

    [Fact]
    public void It_is_not_due_for_who_is_not_served_does_not_want_it_or_sleeps()
    {
        var now = Moment("2026-03-16T08:00Z");
        Assert.True(InsightPlanner.IsDue(User(), now));

        Assert.False(InsightPlanner.IsDue(User() with { Status = UserStatus.Paused }, now));
        Assert.False(InsightPlanner.IsDue(User() with { Settings = settings with { Insights = false } }, now));
        Assert.False(InsightPlanner.IsDue(User() with { Settings = settings with { QuietHours = new() { From = 22, To = 10 } } }, now));
    }

    [Fact]
    public void Nothing_to_say_is_no_mail_and_notes_the_time()
    {
        var planned = InsightPlanner.Plan(User(), [Nothing, Nothing], Start, Ann);

        Assert.Equal((null, Start, 7L), (planned.Insight, planned.InsightAt, planned.LastNotification));
    }

    [Fact]
    public void A_listing_is_told_once_with_the_first_search_that_found_it_and_excluded_words_are_kept_out()
    {
        var planned = InsightPlanner.Plan(User(), [Down(1, 2), Down(2, 3, 4)], Start, Ann);

        var mail = planned.Insight!.Notification;
        Assert.Equal(($"{Ann}.8", NotificationKind.Insight, Start), (mail.Id, mail.Kind, mail.CreatedAt));
        Assert.Equal(8, planned.LastNotification);
        Assert.Equal(["s-00000001", "s-00000002"], mail.Sections.Select(section => section.SearchId));
        Assert.Equal([1L, 2], mail.Sections[0].Items.Select(item => item.Listing.ListingNumber));
        Assert.Equal([3L], mail.Sections[1].Items.Select(item => item.Listing.ListingNumber));
        Assert.All(mail.Sections.SelectMany(section => section.Items), item => Assert.Equal((NewsKind.PriceDrop, new Money(20, "USD")), (item.Kind, item.PreviousPrice)));
    }

    [Fact]
    public void A_paused_search_is_not_told_of()
    {
        var paused = settings with { Searches = [settings.Searches[0] with { Paused = true }, settings.Searches[1]] };

        Assert.Null(InsightPlanner.Plan(User() with { Settings = paused }, [Down(1), Nothing], Start, Ann).Insight);
    }

    [Fact]
    public void A_paused_search_before_it_takes_nothing_from_an_active_one()
    {
        var paused = settings with { Searches = [settings.Searches[0] with { Paused = true }, settings.Searches[1]] };

        var planned = InsightPlanner.Plan(User() with { Settings = paused }, [Down(1), Down(2)], Start, Ann);

        var section = Assert.Single(planned.Insight!.Notification.Sections);
        Assert.Equal(("s-00000002", 2L), (section.SearchId, Assert.Single(section.Items).Listing.ListingNumber));
    }

    [Fact]
    public void One_click_stops_these_mails_alone_and_another_brings_them_back()
    {
        var user = InsightPlanner.Plan(User(), [Down(1), Nothing], Start, Ann);

        var stopped = Lifecycle.Unsubscribed(user, LinkToken.Insights);
        Assert.Equal((false, UserStatus.Active, null, 2), (stopped.Settings.Insights, stopped.Status, stopped.Insight, stopped.Version));
        Assert.Equal(stopped, Lifecycle.Unsubscribed(stopped, LinkToken.Insights));

        var again = Lifecycle.Resubscribed(stopped, LinkToken.Insights, Start);
        Assert.Equal((true, 3), (again.Settings.Insights, again.Version));
    }

    [Fact]
    public void More_than_a_section_shows_are_counted()
    {
        var planned = InsightPlanner.Plan(User(), [Down([.. Enumerable.Range(1, 13)]), Nothing], Start, Ann);

        var section = Assert.Single(planned.Insight!.Notification.Sections);
        Assert.Equal((10, 3), (section.Items.Length, section.Omitted));
    }

    [Fact]
    public void It_is_sent_to_who_is_served_awake_and_still_wants_it_while_it_is_current()
    {
        var user = InsightPlanner.Plan(User(), [Down(1), Nothing], Start, Ann);
        Assert.Equal(user.Insight, Delivery.NextInsight(user, Start));

        Assert.Null(Delivery.NextInsight(user with { Status = UserStatus.Paused }, Start));
        Assert.Null(Delivery.NextInsight(user.With(settings with { Insights = false }), Start));
        Assert.Null(Delivery.NextInsight(user with { Settings = settings with { QuietHours = new() { From = 0, To = 23 } } }, Start));
        Assert.Null(Delivery.NextInsight(user, Start.AddHours(6)));
        Assert.Null(Delivery.After(user, user.Insight!, new DeliveryResult.Accepted(), Start)!.Insight);
    }

    static QueryInsight Nothing => new([]);

    static QueryInsight Down(params int[] numbers) => new([.. numbers.Select(number => new ListingInsight
    {
        Listing = Of(number) with { Title = number == 4 ? "iPhone, broken" : "iPhone" },
        Before = new(20, "USD"),
        SeenAt = Start,
        Trend = new() { Days = [20, 10], Lowest = new(10, "USD"), Highest = new(20, "USD") },
    })]);

    static UserState User() => new()
    {
        Settings = settings, Version = 1, CreatedAt = Moment("2026-03-10T08:00Z"), Phase = Start, NextDue = Start, LastNotification = 7,
    };

    static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
