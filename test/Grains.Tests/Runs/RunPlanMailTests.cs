using Alerts.Configuration;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.Users;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>What happens to news that cannot be sent at once.</summary>
public class RunPlanMailTests
{
    static readonly TimeSpan period = AlertsOptions.StandardReminderPeriod;

    static readonly SearchAnswer away = new() { Failure = "eBay did not answer." };

    UserState user = User();
    DateTimeOffset now = Noon;

    /// <summary>A check two minutes after the last; returns the mail it leaves in the outbox, in short.</summary>
    IEnumerable<string> Check(params Listing[] listings) => Check(new SearchAnswer { Snapshot = Snapshot(now, null, listings), FetchedAt = now });

    IEnumerable<string> Check(SearchAnswer answer)
    {
        user = Plan(user, now, answer).Next;
        now += period;
        return InShort(user.Outbox?.Notification.Sections ?? []);
    }

    /// <summary>The same of a user with two searches.</summary>
    IEnumerable<string> CheckBoth(SearchAnswer first, SearchAnswer second)
    {
        Set(settings => settings with { Searches = [SearchFor("iphone 13", "s-00000001"), SearchFor("apple iphone", "s-00000002")] });
        user = Plan(user, now, first, second).Next;
        now += period;
        return InShort(user.Outbox?.Notification.Sections ?? []);
    }

    SearchAnswer Found(params Listing[] listings) => new() { Snapshot = Snapshot(now, null, listings), FetchedAt = now };

    static IEnumerable<string> InShort(IEnumerable<NotificationSection> sections) => [.. sections.SelectMany(section => section.Items).Select(Watch.InShort)];

    void Send() => user = user with { Outbox = null };

    void Defer() => user = user with { Outbox = user.Outbox! with { Attempts = user.Outbox.Attempts + 1, NextAttemptAt = now.AddMinutes(30) } };

    void Set(Func<UserSettings, UserSettings> change) => user = user with { Settings = change(user.Settings) };

    [Fact]
    public void Later_news_is_merged_into_the_alert_that_waits_under_a_new_id_and_its_back_off_stays()
    {
        Check(Listing(1));
        Send();
        Check(Listing(1), Listing(2));
        Defer();
        var waiting = user.Outbox!;
        Assert.Equal(["PriceDrop 1 100→90", "New 2"], Check(Listing(1, 90), Listing(2)));
        Assert.NotEqual(waiting.Notification.Id, user.Outbox!.Notification.Id);
        Assert.Equal((waiting.Attempts, waiting.NextAttemptAt), (user.Outbox.Attempts, user.Outbox.NextAttemptAt));
        Assert.Equal(2, user.MailsOfDay);
    }

    [Fact]
    public void An_alert_that_waits_stays_as_it_is_while_there_is_nothing_to_add()
    {
        Check(Listing(1));
        Defer();
        var waiting = user.Outbox;
        Assert.False(Plan(user, now, new SearchAnswer { FetchedAt = now }).MustWrite);
        Check(new SearchAnswer { FetchedAt = now });
        Assert.Same(waiting, user.Outbox);
    }

    [Fact]
    public void Drops_that_were_not_told_yet_add_up()
    {
        Check(Listing(1));
        Send();
        Check(Listing(1, 90));
        Defer();
        Assert.Equal(["PriceDrop 1 100→80"], Check(Listing(1, 80)));
    }

    [Fact]
    public void A_new_listing_that_got_cheaper_before_it_was_told_is_new_at_its_price()
    {
        Check(Listing(1));
        Send();
        Check(Listing(1), Listing(2, 50));
        Defer();
        Assert.Equal(["New 2"], Check(Listing(1), Listing(2, 40)));
        Assert.Equal(40, user.Outbox!.Notification.Sections[0].Items[0].Listing.SellerPrice.Value);
    }

    [Fact]
    public void A_mail_whose_drop_was_taken_back_is_not_sent()
    {
        Set(settings => settings with { Searches = [SearchFor(rules: new AlertRules { PriceRises = true })] });
        Check(Listing(1));
        Send();
        Assert.Equal(["PriceDrop 1 100→90"], Check(Listing(1, 90)));
        Defer();
        Assert.Empty(Check(Listing(1, 100)));
        Assert.Null(user.Outbox);
    }

    [Fact]
    public void An_alert_that_waits_for_hours_is_brought_up_to_date()
    {
        Check(Listing(1), Listing(2), Listing(3));
        Defer();
        now = Noon.AddHours(3);
        Assert.Equal(0, RunPlan.KnownVersion(user, user.Settings.Searches[0], SearchQuery.KeyOf(user.Settings.Searches[0]), now));
        Assert.Equal(["Listed 1", "Listed 3"], Check(Listing(1), Listing(3, 120)));
        Assert.Equal(Noon.AddHours(3), user.Outbox!.Notification.Sections[0].FetchedAt);
    }

    [Fact]
    public void News_of_a_listing_that_is_listed_anew_before_it_is_told_is_told_of_its_new_number()
    {
        Check(Listing(1, title: "One"), Listing(2, title: "Two"));
        Send();
        Assert.Equal(["PriceDrop 1 100→90", "New 3"], Check(Listing(1, 90, title: "One"), Listing(2, title: "Two"), Listing(3, 50, title: "Three")));
        Defer();
        Assert.Equal(["PriceDrop 11 100→90", "New 13"], Check(Listing(2, title: "Two"), Listing(11, 90, title: "One"), Listing(13, 50, title: "Three")));
        Defer();
        now = Noon.AddHours(3);
        Assert.Equal(["PriceDrop 11 100→80", "New 13"], Check(Listing(2, title: "Two"), Listing(11, 80, title: "One"), Listing(13, 50, title: "Three")));
    }

    [Fact]
    public void News_under_an_ended_number_and_under_the_one_that_continues_it_are_one_piece()
    {
        Check(Listing(1, title: "One"));
        Send();
        Check(Listing(1, 90, title: "One"));
        Defer();
        var waiting = user.Outbox!.Notification.Sections[0];
        var both = waiting with { Items = waiting.Items.Add(new NewsItem { Kind = NewsKind.New, Listing = Listing(11, 85, title: "One") }) };
        user = user with { Outbox = user.Outbox with { Notification = user.Outbox.Notification with { Sections = [both] } } };

        Assert.Equal(["PriceDrop 11 100→80"], Check(Listing(11, 80, title: "One")));
    }

    [Fact]
    public void News_held_back_follows_a_listing_to_its_new_number_too()
    {
        Set(settings => settings with { QuietHours = new QuietHours { From = 13, To = 15 } });
        Check(Listing(1, title: "One"));
        Send();
        now = Noon.AddHours(1);
        Assert.Empty(Check(Listing(1, 90, title: "One")));
        Assert.Empty(Check(Listing(11, 90, title: "One")));
        now = Noon.AddHours(3);
        Assert.Equal(["PriceDrop 11 100→90"], Check(Listing(11, 90, title: "One")));
    }

    [Fact]
    public void A_drop_that_was_taken_back_before_it_was_told_counts_for_no_search_as_told()
    {
        CheckBoth(Found(Listing(1)), Found(Listing(1)));
        Send();
        CheckBoth(Found(Listing(1, 80)), away);
        Defer();
        CheckBoth(new SearchAnswer { FetchedAt = now }, Found(Listing(11, 104, title: Listing(1).Title)));
        Assert.Null(user.Outbox);
        Assert.Equal(["PriceDrop 11 100→83"], CheckBoth(Found(Listing(11, 83, title: Listing(1).Title)), Found(Listing(11, 83, title: Listing(1).Title))));
    }

    [Fact]
    public void What_waits_is_told_at_its_price_now_and_a_search_that_saw_it_cheaper_tells_a_later_drop()
    {
        CheckBoth(Found(Listing(1)), Found(Listing(1)));
        Defer();
        CheckBoth(Found(Listing(1, 130), Listing(2)), new SearchAnswer { FetchedAt = Noon });
        Assert.Equal(130, user.Outbox!.Notification.Sections[0].Items.Single(item => item.Listing.ListingNumber == 1).Listing.SellerPrice.Value);
        Send();
        Assert.Equal(["PriceDrop 1 130→104"], CheckBoth(Found(Listing(1, 104), Listing(2)), away));
    }

    [Fact]
    public void What_waits_is_told_at_its_price_now_and_a_search_that_saw_it_cheaper_under_its_former_number_tells_a_later_drop()
    {
        var title = Listing(1).Title;
        CheckBoth(Found(Listing(1)), Found(Listing(1)));
        Defer();
        var older = Found(Listing(1, 80));
        CheckBoth(Found(Listing(1, 80)), away);
        Defer();
        CheckBoth(Found(Listing(11, 80, title: title)), away);
        Defer();
        CheckBoth(Found(Listing(11, 104, title: title)), older);
        Assert.Equal(104, user.Outbox!.Notification.Sections.Single().Items.Single().Listing.SellerPrice.Value);
        Send();
        Assert.Equal(["PriceDrop 11 104→83"], CheckBoth(Found(Listing(11, 83, title: title)), Found(Listing(11, 83, title: title))));
    }

    [Fact]
    public void A_new_listing_gone_under_its_new_number_before_it_was_told_is_news_when_it_returns()
    {
        CheckBoth(Found(), Found());
        CheckBoth(Found(Listing(1)), Found(Listing(1)));
        Defer();
        CheckBoth(new SearchAnswer { FetchedAt = now }, Found(Listing(11, title: Listing(1).Title)));
        Defer();
        CheckBoth(Found(Listing(2)), Found());
        Send();
        Assert.Equal(["New 11"], CheckBoth(Found(Listing(2), Listing(11, title: Listing(1).Title)), away));
    }

    [Fact]
    public void What_was_listed_anew_twice_before_it_was_told_is_news_when_it_returns_though_one_search_missed_the_number_between()
    {
        var title = Listing(1).Title;
        CheckBoth(Found(Listing(1)), Found(Listing(1)));
        Defer();
        Assert.Equal(["Listed 11"], CheckBoth(new SearchAnswer { FetchedAt = Noon }, Found(Listing(11, title: title))));
        Defer();
        Assert.Equal(["Listed 21"], CheckBoth(Found(Listing(21, title: title)), new SearchAnswer { FetchedAt = Noon + period }));
        Defer();
        CheckBoth(Found(Listing(2)), Found());
        Send();
        Assert.Equal(["New 21"], CheckBoth(Found(Listing(2), Listing(21, title: title)), Found(Listing(21, title: title))));
    }

    [Fact]
    public void What_one_search_lists_under_its_former_number_and_the_other_under_the_new_one_is_news_when_it_returns()
    {
        var anew = Listing(11, title: Listing(1).Title);
        var older = Found(Listing(1));
        now += period;
        Assert.Equal(["Listed 11"], CheckBoth(older, Found(anew)));
        Defer();
        CheckBoth(Found(Listing(2)), Found());
        Send();
        Assert.Equal(["New 11"], CheckBoth(Found(Listing(2), anew), Found(anew)));
    }

    [Fact]
    public void A_number_from_an_older_answer_is_known_to_news_that_waits_and_does_not_become_its_own()
    {
        var title = Listing(1).Title;
        CheckBoth(Found(), Found());
        var older = Found(Listing(1));
        now += period;
        CheckBoth(new SearchAnswer { FetchedAt = Noon }, Found(Listing(11, title: title)));
        Defer();
        Assert.Equal(["New 11"], CheckBoth(older, new SearchAnswer { FetchedAt = now - period }));
        Defer();
        CheckBoth(Found(Listing(2)), Found());
        Send();
        Assert.Equal(["New 21"], CheckBoth(Found(Listing(2), Listing(21, title: title)), away));
    }

    [Fact]
    public void An_older_answer_does_not_change_the_price_of_news_that_waits()
    {
        CheckBoth(away, Found(Listing(1)));
        Send();
        var older = Found(Listing(1), Listing(2));
        now += period;
        CheckBoth(away, Found(Listing(1, 130)));
        Assert.Equal(["PriceDrop 1 130→104"], CheckBoth(away, Found(Listing(1, 104))));
        Defer();
        Assert.Equal(["Listed 2", "PriceDrop 1 130→104"], CheckBoth(older, new SearchAnswer { FetchedAt = now - period }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("s-00000001")]
    public void What_was_not_told_because_of_an_unsubscription_is_news_when_it_is_taken_back(string? search)
    {
        Check(Listing(1), Listing(2));
        Send();
        Check(Listing(1, 90), Listing(2), Listing(3));
        Defer();
        Check(Listing(1, 80), Listing(2), Listing(3));

        user = Lifecycle.Unsubscribed(user, search);
        Assert.Null(user.Outbox);
        user = Lifecycle.Resubscribed(user, search, now);

        Assert.Equal(0, RunPlan.KnownVersion(user, user.Settings.Searches[0], SearchQuery.KeyOf(user.Settings.Searches[0]), now));
        Assert.Equal(["PriceDrop 1 100→80", "New 3"], Check(Listing(1, 80), Listing(2), Listing(3)));
    }

    [Fact]
    public void An_alert_that_eBay_does_not_confirm_within_six_hours_waits_until_it_does()
    {
        Check(Listing(1));
        Defer();
        now = Noon.AddHours(6);
        Assert.Empty(Check(new SearchAnswer { Failure = "eBay is away." }));
        Assert.Equal(["Listed 1"], InShort(user.Waiting));
        Assert.Equal(["Listed 1"], Check(Listing(1)));
        Assert.Empty(user.Waiting);
    }

    [Fact]
    public void In_quiet_hours_news_waits_and_is_told_after_them_as_it_is_then()
    {
        Set(settings => settings with { QuietHours = new QuietHours { From = 13, To = 15 } });
        Check(Listing(1), Listing(2), Listing(3));
        Send();
        now = Noon.AddHours(1);
        Assert.Empty(Check(Listing(1, 90), Listing(2, 90), Listing(3), Listing(4)));
        Assert.Equal(Noon.AddHours(1), user.WaitingSince);
        Check(Listing(1, 90), Listing(2, 120), Listing(3), Listing(4), Listing(5));
        now = Noon.AddHours(3);
        Assert.Equal(["PriceDrop 1 100→90", "New 4"], Check(Listing(1, 90), Listing(2, 120), Listing(3), Listing(4)));
        Assert.Empty(user.Waiting);
        Assert.Null(user.WaitingSince);
        Assert.Equal(NotificationKind.Changes, user.Outbox!.Notification.Kind);
    }

    [Fact]
    public void News_that_waits_is_written_and_the_content_is_asked_for_when_it_is_told()
    {
        Set(settings => settings with { QuietHours = new QuietHours { From = 12, To = 15 } });
        var search = user.Settings.Searches[0];
        var plan = Plan(user, now, new SearchAnswer { Snapshot = Snapshot(now, null, Listing(1)) });
        Assert.True(plan.MustWrite);
        Assert.NotEqual(0, RunPlan.KnownVersion(plan.Next, search, SearchQuery.KeyOf(search), Noon.AddHours(2)));
        Assert.Equal(0, RunPlan.KnownVersion(plan.Next, search, SearchQuery.KeyOf(search), Noon.AddHours(3)));
    }

    [Fact]
    public void The_digest_gathers_until_its_hour_and_then_anew()
    {
        Set(settings => settings with { Notify = NotifyMode.Digest, DigestHour = 18 });
        Assert.Equal(["Listed 1"], Check(Listing(1)));
        Assert.Equal(NotificationKind.FirstResults, user.Outbox!.Notification.Kind);
        Send();
        Assert.Empty(Check(Listing(1), Listing(2)));
        Assert.Empty(Check(Listing(1, 80), Listing(2)));
        now = Noon.AddHours(6);
        Assert.Equal(["PriceDrop 1 100→80", "New 2"], Check(Listing(1, 80), Listing(2)));
        Assert.Equal(NotificationKind.Digest, user.Outbox.Notification.Kind);
        Send();
        Assert.Empty(Check(Listing(1, 80), Listing(2), Listing(3)));
        now = Noon.AddHours(29.9);
        Assert.Empty(Check(Listing(1, 80), Listing(2), Listing(3)));
        now = Noon.AddHours(30);
        Assert.Equal(["New 3"], Check(Listing(1, 80), Listing(2), Listing(3)));
    }

    [Fact]
    public void After_the_limit_of_the_day_news_waits_for_the_next()
    {
        Set(settings => settings with { MailsPerDay = 1 });
        Assert.Equal(["Listed 1"], Check(Listing(1)));
        Send();
        Assert.Empty(Check(Listing(1), Listing(2)));
        now = Noon.AddHours(12);
        Assert.Equal(["New 2"], Check(Listing(1), Listing(2)));
        Assert.Equal((new DateOnly(2026, 11, 24), 1), (user.MailDay, user.MailsOfDay));
    }

    [Fact]
    public void Another_mail_in_the_outbox_is_left_alone_and_the_news_waits()
    {
        Check(Listing(1));
        Send();
        var link = new OutboxEntry { Notification = new Notification { Id = "link", Kind = NotificationKind.ManageLink, CreatedAt = now } };
        user = user with { Outbox = link };
        Check(Listing(1), Listing(2));
        Assert.Same(link, user.Outbox);
        Assert.Equal(["New 2"], InShort(user.Waiting));
        Send();
        Assert.Equal(["New 2"], Check(Listing(1), Listing(2)));
    }

    [Fact]
    public void A_list_of_everything_replaces_the_one_that_waits_and_none_is_kept_back()
    {
        Set(settings => settings with { Notify = NotifyMode.EveryCheck });
        Check(Listing(1), Listing(2));
        Defer();
        Assert.Equal(["Listed 3", "Listed 1"], Check(Listing(1), Listing(3, 50)));
        Send();
        Set(settings => settings with { QuietHours = new QuietHours { From = 12, To = 13 } });
        Assert.Empty(Check(Listing(1), Listing(3, 50)));
        Assert.Empty(user.Waiting);
    }

    [Fact]
    public void A_merged_section_shows_twenty_and_counts_the_rest()
    {
        Check();
        for (var batch = 1; batch <= 3; batch++)
        {
            Check([.. Enumerable.Range(1, 15 * batch).Select(number => Listing(number, number))]);
            Defer();
        }

        var section = Assert.Single(user.Outbox!.Notification.Sections);
        Assert.Equal((20, 25), (section.Items.Length, section.Omitted));
    }
}
