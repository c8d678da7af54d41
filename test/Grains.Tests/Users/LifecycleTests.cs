using Alerts.Configuration;
using Alerts.Outbox;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;
using Alerts.Users;
using Alerts.Users.Addresses;

namespace Alerts.Tests.Users;

public class LifecycleTests
{
    const string Id = "u-0123456789abcdef0123456789abcdef";
    static readonly TimeSpan period = AlertsOptions.StandardReminderPeriod;
    static readonly DateTimeOffset start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly SearchSettings iphone = new() { Id = "s-00000001", Phrase = "iphone 13" };
    static readonly UserSettings ann = new() { Email = "ann@example.org", FrequencyMinutes = 10, Searches = [iphone] };
    static readonly OutboxEntry alert = new() { Notification = new Notification { Id = "x", Kind = NotificationKind.Changes, CreatedAt = start } };

    static UserState Active => Lifecycle.Enrolled(Id, ann, ConfirmationMode.Off, start) with { NextDue = start + TimeSpan.FromMinutes(10) };

    static UserState Unconfirmed => Lifecycle.Enrolled(Id, ann, ConfirmationMode.Required, start);

    static NotificationSection SectionOf(string search) =>
        new() { SearchId = search, Phrase = search, Marketplace = "EBAY_US", FetchedAt = start, Total = 0, Items = [] };

    static UserState Moved(UserState user, string email) => Lifecycle.Replaced(user, Id, ann with { Email = email }, null, start, period);

    static UserState Asked(UserState user, string email, bool mayMail = true) =>
        Lifecycle.Replaced(user, Id, ann, new AddressRequest(email, mayMail), start, period);

    [Fact]
    public void Without_confirmation_a_new_user_is_checked_at_once()
    {
        var user = Lifecycle.Enrolled(Id, ann, ConfirmationMode.Off, start);

        Assert.Equal(UserStatus.Active, user.Status);
        Assert.True(Schedule.IsDue(user, start));
        Assert.Empty(user.Notices);
    }

    [Fact]
    public void What_waited_when_a_user_unsubscribed_is_not_sent_after_the_undo_either()
    {
        var unsubscribed = Lifecycle.Unsubscribed(Active with { Outbox = alert, Insight = alert, Waiting = [SectionOf(iphone.Id!)], WaitingSince = start }, null);
        var resubscribed = Lifecycle.Resubscribed(unsubscribed, null, start);

        Assert.Equal(UserStatus.Active, resubscribed.Status);
        Assert.Null(resubscribed.Outbox);
        Assert.Null(resubscribed.Insight);
        Assert.Empty(resubscribed.Waiting);
        Assert.Null(resubscribed.WaitingSince);
        Assert.Empty(Delivery.Intended(resubscribed));
    }

    [Fact]
    public void A_search_that_is_unsubscribed_from_takes_its_part_of_all_that_waits_and_leaves_the_rest()
    {
        var ipad = new SearchSettings { Id = "s-00000002", Phrase = "ipad" };
        var both = alert with { Notification = alert.Notification with { Sections = [SectionOf(iphone.Id!), SectionOf(ipad.Id)] } };
        var user = Active with { Settings = ann with { Searches = [iphone, ipad] }, Outbox = both, Insight = both, Waiting = both.Notification.Sections, WaitingSince = start };

        var one = Lifecycle.Unsubscribed(user, iphone.Id);
        var none = Lifecycle.Unsubscribed(one, ipad.Id);

        Assert.Equal((UserStatus.Active, 2), (one.Status, one.Version));
        Assert.Equal([true, false], one.Settings.Searches.Select(search => search.Paused));
        Assert.All(
            [one.Outbox!.Notification.Sections, one.Insight!.Notification.Sections, one.Waiting],
            sections => Assert.Equal(ipad.Id, Assert.Single(sections).SearchId));
        Assert.Equal(alert.Notification.Id, one.Outbox.Notification.Id);
        Assert.Equal(start, one.WaitingSince);
        Assert.Equal((null, null, null), (none.Outbox, none.Insight, none.WaitingSince));
        Assert.Empty(none.Waiting);
        Assert.Equal([true, false], Lifecycle.Resubscribed(none, ipad.Id, start).Settings.Searches.Select(search => search.Paused));
    }

    [Fact]
    public void An_unconfirmed_user_gets_the_confirmation_and_nothing_else()
    {
        var user = Unconfirmed with { Outbox = alert };

        Assert.Equal(NotificationKind.Confirmation, Delivery.NextNotice(user, start)!.Notification.Kind);
        Assert.Null(Delivery.NextAlert(user, start));
        Assert.False(Schedule.IsDue(user, start + TimeSpan.FromDays(6)));
        Assert.Equal(user, Lifecycle.Paused(user));
        Assert.Equal(user, Lifecycle.Resumed(user, start));
        Assert.Equal(user, Lifecycle.Snoozed(user, start));
    }

    [Theory]
    [InlineData(UserStatus.Active)]
    [InlineData(UserStatus.Paused)]
    [InlineData(UserStatus.Snoozed)]
    public void Of_an_erased_user_only_what_the_goodbye_needs_is_kept(UserStatus status)
    {
        var user = Active with { Status = status, Outbox = alert, Insight = alert, LastNotification = 7, Notices = [alert] };

        var erased = Lifecycle.Erased(user, Id, start);

        var goodbye = Assert.Single(Delivery.Intended(erased));
        Assert.Equal((NotificationKind.Goodbye, $"{Id}.8"), (goodbye.Notification.Kind, goodbye.Notification.Id));
        Assert.Equal(goodbye, Delivery.NextNotice(erased, start));
        Assert.True(erased.Erasing);
        Assert.Empty(erased.Settings.Searches);
        Assert.Equal("ann@example.org", erased.Settings.Email);
    }

    [Theory]
    [InlineData(UserStatus.Unconfirmed)]
    [InlineData(UserStatus.Suppressed)]
    public void An_address_that_never_confirmed_or_is_dead_gets_no_goodbye(UserStatus status) =>
        Assert.Empty(Delivery.Intended(Lifecycle.Erased(Active with { Status = status, Outbox = alert }, Id, start)));

    [Fact]
    public void A_mail_that_waits_for_its_turn_is_wanted_as_long_as_nobody_unsubscribes_pauses_or_changes_settings()
    {
        var taken = Active with { Outbox = alert };

        Assert.True(Delivery.IsWanted(taken, taken, alert));
        Assert.True(Delivery.IsWanted(taken with { NextDue = start }, taken, alert));
        Assert.False(Delivery.IsWanted(null, taken, alert));
        Assert.False(Delivery.IsWanted(Lifecycle.Unsubscribed(taken, null), taken, alert));
        Assert.False(Delivery.IsWanted(Lifecycle.Unsubscribed(taken, iphone.Id), taken, alert));
        Assert.False(Delivery.IsWanted(Lifecycle.Paused(taken), taken, alert));
        Assert.False(Delivery.IsWanted(Lifecycle.Snoozed(taken, start.AddDays(1)), taken, alert));
        Assert.False(Delivery.IsWanted(Moved(taken, "bea@example.org"), taken, alert));
        Assert.False(Delivery.IsWanted(taken with { Outbox = alert with { Attempts = 1 } }, taken, alert));
        Assert.Null(Delivery.After(taken, alert, new DeliveryResult.Withdrawn(), start));
    }

    [Fact]
    public void The_confirmation_is_repeated_once_after_a_day()
    {
        var day = TimeSpan.FromDays(1);
        Assert.False(Lifecycle.NeedsRepeat(Unconfirmed, start + day - TimeSpan.FromSeconds(1)));
        Assert.True(Lifecycle.NeedsRepeat(Unconfirmed, start + day));

        var repeated = Lifecycle.ConfirmationRepeated(Unconfirmed, Id, start + day);

        Assert.Equal($"{Id}.2", Assert.Single(repeated.Notices).Notification.Id);
        Assert.False(Lifecycle.NeedsRepeat(repeated, start + (5 * day)));
        Assert.Equal(repeated, Lifecycle.ConfirmationRepeated(repeated, Id, start + (5 * day)));
        Assert.Equal(repeated, Lifecycle.OwnerReminded(repeated, Id, start + (5 * day)));
    }

    [Fact]
    public void An_address_not_confirmed_in_seven_days_lapses()
    {
        var week = TimeSpan.FromDays(7);
        Assert.False(Lifecycle.HasLapsed(Unconfirmed, start + week - TimeSpan.FromSeconds(1)));
        Assert.True(Lifecycle.HasLapsed(Unconfirmed, start + week));
        Assert.False(Lifecycle.HasLapsed(Active, start + (10 * week)));
    }

    [Fact]
    public void Confirmed_means_checked_at_once_and_no_confirmation_waiting()
    {
        var now = start + TimeSpan.FromHours(3);

        var user = Lifecycle.Confirmed(Unconfirmed, Id, now);

        Assert.Equal(UserStatus.Active, user.Status);
        Assert.True(Schedule.IsDue(user, now));
        Assert.Empty(user.Notices);
        Assert.False(Lifecycle.HasLapsed(user, start + TimeSpan.FromDays(8)));
        Assert.Equal(user, Lifecycle.Confirmed(user, Id, now + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Nothing_is_sent_to_who_paused_and_resuming_checks_at_once()
    {
        var paused = Lifecycle.Paused(Active with { Outbox = alert });

        Assert.Null(Delivery.NextAlert(paused, start));
        Assert.False(Schedule.IsDue(paused, start + TimeSpan.FromDays(1)));
        var resumed = Lifecycle.Resumed(paused, start + TimeSpan.FromMinutes(1));
        Assert.True(Schedule.IsDue(resumed, start + TimeSpan.FromMinutes(1)));
        Assert.NotNull(Delivery.NextAlert(resumed, start + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_snooze_ends_by_itself()
    {
        var until = start + TimeSpan.FromHours(8);

        var snoozed = Lifecycle.Snoozed(Active, until);

        Assert.False(Schedule.IsDue(snoozed, until - TimeSpan.FromMinutes(1)));
        Assert.True(Schedule.IsDue(snoozed, until));
    }

    [Fact]
    public void A_new_search_is_checked_at_once_and_the_others_keep_what_they_saw()
    {
        var memory = new SearchMemory { SearchId = iphone.Id!, Query = SearchQuery.KeyOf(iphone, "en"), SnapshotVersion = 7, LastSuccess = start };
        var settings = ann with { Searches = [iphone, new() { Id = "s-00000002", Phrase = "ipad" }] };
        var now = start + TimeSpan.FromMinutes(1);

        var user = Lifecycle.Replaced(Active with { Searches = [memory] }, Id, settings, null, now, period);

        Assert.Equal(now, user.NextDue);
        Assert.Equal(2, user.Version);
        Assert.Equal(start, Assert.Single(user.Searches).LastSuccess);
        Assert.Equal(UserStatus.Active, user.Status);
    }

    [Theory]
    [InlineData(2), InlineData(10), InlineData(60)]
    public void Another_frequency_counts_from_the_last_check(int minutes)
    {
        var user = Lifecycle.Replaced(Active, Id, ann with { FrequencyMinutes = minutes }, null, start + TimeSpan.FromMinutes(1), period);

        Assert.Equal(start + TimeSpan.FromMinutes(minutes), user.NextDue);
    }

    [Fact]
    public void A_new_address_is_asked_and_the_user_goes_on_as_before()
    {
        var user = Asked(Active, "bob@example.org");

        Assert.Equal((UserStatus.Active, "ann@example.org", "bob@example.org"), (user.Status, user.Settings.Email, user.PendingEmail));
        Assert.Equal([(NotificationKind.ManageLink, null), (NotificationKind.AddressConfirmation, "bob@example.org")], user.Notices.Select(notice => (notice.Notification.Kind, notice.Address)));
        Assert.Equal(Active.TokenGeneration, user.TokenGeneration);
        Assert.False(AddressMove.HasLapsed(user, start + TimeSpan.FromDays(6)));
        Assert.True(AddressMove.HasLapsed(user, start + TimeSpan.FromDays(7)));
        Assert.False(AddressMove.HasLapsed(Active, start + TimeSpan.FromDays(7)));
    }

    [Fact]
    public void An_address_that_may_not_be_mailed_makes_no_difference_but_the_mail()
    {
        var (mailed, other) = (Asked(Active, "bob@example.org"), Asked(Active, "bob@example.org", mayMail: false));

        Assert.DoesNotContain(other.Notices, notice => notice.Address is not null);
        Assert.Equal(mailed with { Notices = [] }, other with { Notices = [] });
        Assert.DoesNotContain(Asked(mailed, "carl@example.org", mayMail: false).Notices, notice => notice.Address is not null);
    }

    [Fact]
    public void A_move_taken_back_leaves_no_mail_and_is_a_new_version()
    {
        var asked = Asked(Active, "bob@example.org");
        var back = AddressMove.Withdrawn(asked);

        Assert.Null(back.PendingEmail);
        Assert.Empty(back.Notices);
        Assert.Equal(asked.Version + 1, back.Version);
        Assert.Equal(back, AddressMove.Withdrawn(back));
        Assert.Null(Lifecycle.Replaced(asked, Id, ann, new AddressRequest(null), start, period).PendingEmail);
        Assert.Equal("bob@example.org", Lifecycle.Replaced(asked, Id, ann, null, start, period).PendingEmail);
    }

    [Fact]
    public void A_confirmed_address_takes_over_and_the_old_one_is_told_and_all_tokens_are_void()
    {
        var user = Moved(Asked(Active, "bob@example.org"), "bob@example.org");

        Assert.Equal((UserStatus.Active, "bob@example.org", null), (user.Status, user.Settings.Email, user.PendingEmail));
        Assert.Equal([(NotificationKind.AddressChanged, "ann@example.org")], user.Notices.Select(notice => (notice.Notification.Kind, notice.Address)));
        Assert.Equal(Active.TokenGeneration + 1, user.TokenGeneration);
    }

    [Fact]
    public void Another_spelling_of_the_address_is_the_same_address()
    {
        var user = Moved(Active, "Ann@EXAMPLE.org");

        Assert.Equal(UserStatus.Active, user.Status);
        Assert.Empty(user.Notices);
    }

    [Fact]
    public void An_address_never_confirmed_is_not_told_of_the_next_one_which_counts_for_both()
    {
        var user = Moved(Unconfirmed, "bob@example.org");

        Assert.Empty(user.Notices);
        Assert.Equal((UserStatus.Active, start), (user.Status, user.NextDue));
    }

    [Fact]
    public void The_owner_is_reminded_at_most_once_a_day()
    {
        var once = Lifecycle.OwnerReminded(Active, Id, start);

        Assert.Equal(NotificationKind.ManageLink, Assert.Single(once.Notices).Notification.Kind);
        Assert.Equal(once, Lifecycle.OwnerReminded(once, Id, start + TimeSpan.FromHours(23)));
        Assert.Equal($"{Id}.2", Assert.Single(Lifecycle.OwnerReminded(once, Id, start + TimeSpan.FromDays(1)).Notices).Notification.Id);
    }

    [Fact]
    public void A_suppressed_owner_who_asks_again_gets_a_link_and_is_served_once_the_server_takes_it()
    {
        var suppressed = Active with { Status = UserStatus.Suppressed, SuppressedAt = start, DeadAddressRefusals = 3 };
        foreach (var asked in (UserState[])[Lifecycle.OwnerReminded(suppressed, Id, start), Lifecycle.Confirmed(suppressed, Id, start)])
        {
            var link = Delivery.NextNotice(asked, start)!;
            Assert.Equal((UserStatus.Suppressed, NotificationKind.ManageLink), (asked.Status, link.Notification.Kind));

            var accepted = Delivery.After(asked, link, new DeliveryResult.Accepted(), start + TimeSpan.FromMinutes(1))!;
            Assert.Equal((UserStatus.Active, null, 0, start + TimeSpan.FromMinutes(1)), (accepted.Status, accepted.SuppressedAt, accepted.DeadAddressRefusals, accepted.NextDue));

            var refused = Delivery.After(asked, link, new DeliveryResult.Refused("550 5.1.1", AddressIsDead: true), start + TimeSpan.FromMinutes(1))!;
            Assert.Equal((UserStatus.Suppressed, start), (refused.Status, refused.SuppressedAt));
        }
    }

    [Theory]
    [InlineData(0, null, null, true)]
    [InlineData(0, -1, 1, true)]
    [InlineData(0, 0, 0, true)]
    [InlineData(0, 1, null, false)]
    [InlineData(0, null, -1, false)]
    [InlineData(null, null, 1, true)]
    [InlineData(null, -1, 1, false)]
    public void A_suppression_is_lifted_when_it_began_within_the_span(int? at, int? from, int? to, bool isLifted)
    {
        DateTimeOffset? Hours(int? hours) => hours is { } count ? start.AddHours(count) : null;
        var suppressed = Active with { Status = UserStatus.Suppressed, SuppressedAt = Hours(at), DeadAddressRefusals = 3 };

        var lifted = Lifecycle.SuppressionLifted(suppressed, Hours(from), Hours(to), start.AddHours(9));

        Assert.Equal(isLifted, lifted is { Status: UserStatus.Active, SuppressedAt: null, DeadAddressRefusals: 0 } && lifted.NextDue == start.AddHours(9));
        Assert.Null(Lifecycle.SuppressionLifted(Active, null, null, start));
    }

    [Fact]
    public void Of_notices_of_one_kind_only_the_newest_waits()
    {
        var user = Active;
        for (var i = 0; i < 10; i++)
            user = Moved(user, $"ann{i}@example.org");

        Assert.Equal("ann8@example.org", Assert.Single(user.Notices).Address);
    }

    [Fact]
    public void A_refusal_at_the_old_address_says_nothing_about_the_new_one()
    {
        var moved = Moved(Active, "bob@example.org");

        var user = Delivery.After(moved, moved.Notices[0], new DeliveryResult.Refused("5.1.1", AddressIsDead: true), start)!;

        Assert.Equal(0, user.DeadAddressRefusals);
        Assert.Empty(user.Notices);
    }

    [Fact]
    public void A_deferred_notice_waits_and_is_given_up_after_a_day()
    {
        var deferred = Delivery.After(Unconfirmed, Unconfirmed.Notices[0], new DeliveryResult.Deferred("421"), start)!;

        Assert.Null(Delivery.NextNotice(deferred, start));
        Assert.NotNull(Delivery.NextNotice(deferred, start + TimeSpan.FromSeconds(75)));
        Assert.Empty(Delivery.After(deferred, deferred.Notices[0], new DeliveryResult.Deferred("421"), start + TimeSpan.FromDays(1))!.Notices);
    }
}
