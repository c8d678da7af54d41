using Alerts.Configuration;
using Alerts.Outbox;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;

namespace Alerts.Tests.Outbox;

public class DeliveryTests
{
    static readonly DateTimeOffset now = Some.Noon;
    static readonly DeliveryResult dead = new DeliveryResult.Refused("550 5.1.1", AddressIsDead: true);
    static readonly DeliveryResult policy = new DeliveryResult.Refused("550 5.7.1", AddressIsDead: false);

    static UserState Ann => Lifecycle.Enrolled(Some.AnnId, Some.Choosing(), ConfirmationMode.Off, now);

    /// <summary>A user with a mail of each sort, all of them tried once.</summary>
    static UserState Waiting => Ann with
    {
        Outbox = Tried("alert", NotificationKind.Changes),
        Insight = Tried("insight", NotificationKind.Insight),
        Notices = [Tried("notice", NotificationKind.ManageLink), Tried("elsewhere", NotificationKind.AddressChanged) with { Address = "ann@example.net" }],
    };

    static OutboxEntry Tried(string id, NotificationKind kind) =>
        new() { Notification = new Notification { Id = id, Kind = kind, CreatedAt = now }, Attempts = 1 };

    /// <summary>What becomes of a user whose mails end so, one after the other.</summary>
    static UserState After(UserState user, params DeliveryResult[] results) => results.Aggregate(
        user,
        (latest, result) => latest with { Outbox = Tried("alert", NotificationKind.Changes) } is var sending ? Delivery.After(sending, sending.Outbox!, result, now)! : latest);

    [Fact]
    public void The_third_refusal_in_a_row_of_a_dead_address_suppresses_and_no_earlier_one()
    {
        Assert.Equal((UserStatus.Active, 2), After(Ann, dead, dead) is var twice ? (twice.Status, twice.DeadAddressRefusals) : default);
        Assert.Equal((UserStatus.Suppressed, null), After(Ann, dead, dead, dead) is var thrice ? (thrice.Status, thrice.Outbox) : default);
    }

    [Fact]
    public void An_acceptance_begins_the_count_anew_and_what_says_nothing_of_the_address_leaves_it()
    {
        Assert.Equal(UserStatus.Active, After(Ann, dead, dead, new DeliveryResult.Accepted(), dead, dead).Status);
        Assert.Equal(UserStatus.Suppressed, After(Ann, dead, dead, policy, new DeliveryResult.Deferred("451"), dead).Status);
        Assert.Equal((UserStatus.Active, 0), After(Ann, policy, policy, policy, policy) is var user ? (user.Status, user.DeadAddressRefusals) : default);
    }

    [Fact]
    public void Who_resumes_is_given_three_refusals_again()
    {
        var resumed = Lifecycle.Resumed(After(Ann, dead, dead, dead), now);

        Assert.Equal(UserStatus.Active, After(resumed, dead, dead).Status);
    }

    [Theory]
    [InlineData(UserStatus.Active, "notice", "alert", "insight")]
    [InlineData(UserStatus.Paused, "notice", null, null)]
    [InlineData(UserStatus.Snoozed, "notice", null, null)]
    [InlineData(UserStatus.Unconfirmed, "elsewhere", null, null)]
    [InlineData(UserStatus.Suppressed, "notice", null, null)]
    public void Who_is_not_served_gets_no_alert_and_no_insight(UserStatus status, string? notice, string? alert, string? insight)
    {
        var user = Waiting with { Status = status };

        Assert.Equal(
            (notice, alert, insight),
            (Delivery.NextNotice(user, now)?.Notification.Id, Delivery.NextAlert(user, now)?.Notification.Id, Delivery.NextInsight(user, now)?.Notification.Id));
    }

    [Theory]
    [InlineData(UserStatus.Active)]
    [InlineData(UserStatus.Paused, "alert", "insight")]
    [InlineData(UserStatus.Snoozed, "alert", "insight")]
    [InlineData(UserStatus.Suppressed, "alert", "insight")]
    public void A_mail_of_who_is_not_served_waits_for_the_user_and_not_for_the_mail_server(UserStatus status, params string[] ended)
    {
        var user = Waiting with { Status = status };

        Assert.Equal(ended, Delivery.Ended(Waiting, user));
        Assert.Equal(ended, Delivery.Intended(user).Select(entry => entry.Notification.Id).Where(id => !Delivery.WaitsForServer(user, id)));
    }

    [Fact]
    public void Who_is_erased_has_no_mail_that_waits() => Assert.Equal(["alert", "insight", "notice", "elsewhere"], Delivery.Ended(Waiting, null));

    [Fact]
    public void A_mail_never_tried_has_not_ended() => Assert.Empty(Delivery.Ended(Ann with { Outbox = Tried("alert", NotificationKind.Changes) with { Attempts = 0 } }, null));

    [Fact]
    public void After_a_restart_what_had_left_is_gone_and_the_rest_is_claimed_under_its_own_name()
    {
        var settled = Delivery.Settled(Waiting, ["alert", "notice"], now);

        Assert.Equal([("insight", 2), ("elsewhere", 2)], Delivery.Intended(settled).Select(entry => (entry.Notification.Id, entry.Attempts)));
    }
}
