using Alerts.Configuration;
using Alerts.Outbox;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;
using Alerts.Users.Addresses;

namespace Alerts.Tests.Users;

public class AddressMoveTests
{
    const string Id = "u-0123456789abcdef0123456789abcdef";
    const string Other = "bob@example.org";

    static readonly DateTimeOffset start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly string key = EmailAddressKey.Of(Other);

    static readonly UserState active = Lifecycle.Enrolled(Id, new UserSettings { Email = "ann@example.org", FrequencyMinutes = 10, Searches = [] }, ConfirmationMode.Off, start);

    static readonly UserState confirmed = AddressMove.Confirmed(AddressMove.Requested(active, Id, Other, mayMail: true, start), Id, key, start)!;

    [Fact]
    public void The_72_hours_count_from_when_the_mail_server_took_the_question()
    {
        var late = start + TimeSpan.FromHours(20);
        var waiting = After(confirmed, new DeliveryResult.Deferred("away"), start);
        var asked = After(waiting, new DeliveryResult.Accepted(), late);

        Assert.False(AddressMove.IsDue(waiting, start + TimeSpan.FromDays(6)));
        Assert.False(AddressMove.IsDue(asked, late + TimeSpan.FromHours(72) - TimeSpan.FromTicks(1)));
        Assert.True(AddressMove.IsDue(asked, late + TimeSpan.FromHours(72)));
    }

    [Fact]
    public void A_question_that_left_before_a_restart_was_asked()
    {
        var settled = Delivery.Settled(confirmed, [Question(confirmed).Notification.Id], start);

        Assert.DoesNotContain(settled.Notices, MoveQuestion.Is);
        Assert.True(AddressMove.IsDue(settled, start + TimeSpan.FromHours(72)));
        Assert.False(AddressMove.IsDue(settled, start + TimeSpan.FromHours(71)));
    }

    [Fact]
    public void An_address_that_never_takes_the_question_is_not_waited_for_after_a_day()
    {
        var tried = After(confirmed, new DeliveryResult.Deferred("away"), start + TimeSpan.FromHours(23));
        var givenUp = After(tried, new DeliveryResult.Deferred("away"), start + TimeSpan.FromHours(24));

        Assert.False(AddressMove.IsDue(tried, start + TimeSpan.FromHours(23)));
        Assert.True(AddressMove.IsDue(givenUp, start + TimeSpan.FromHours(24)));
    }

    [Fact]
    public void A_question_about_an_older_request_says_nothing_of_the_newer_one()
    {
        var again = AddressMove.Requested(confirmed, Id, "carl@example.org", mayMail: true, start);

        Assert.Equal(again, MoveQuestion.Ended(again, Question(confirmed), isAccepted: false, start));
        Assert.Null(AddressMove.Allowed(again, key, start));
        Assert.Null(AddressMove.Refused(again, key));
        Assert.Null(again.MoveConfirmedAt);
    }

    [Fact]
    public void A_request_of_an_older_release_is_asked_about_when_the_other_address_agrees()
    {
        var old = active with { PendingEmail = Other, PendingSince = start };

        Assert.Single(AddressMove.Confirmed(old, Id, key, start)!.Notices, MoveQuestion.Is);
    }

    static UserState After(UserState user, DeliveryResult result, DateTimeOffset now) => Delivery.After(user, Question(user), result, now)!;

    static OutboxEntry Question(UserState user) => user.Notices.Single(MoveQuestion.Is);
}
