using System.Text.Json;
using Alerts.Outbox;
using Alerts.Runs;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tests.Runs;
using Alerts.Users;
using Alerts.Users.Channels;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Channels;

public class ChannelNewsTests
{
    const string AnnId = "u-0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_user_with_mail_alone_is_stored_as_before()
    {
        var checks = new Checks();
        checks.Finds(Listing(1, 100));

        var stored = JsonSerializer.Serialize(new UserRecord { User = checks.User });

        Assert.DoesNotContain("hannel", stored, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_channels_is_read_by_who_does_not_know_them()
    {
        var stored = JsonSerializer.Serialize(new UserRecord { User = Watching().User });

        var read = JsonSerializer.Deserialize<OlderRecord>(stored)!;

        Assert.Equal(1, read.User!.Version);
        Assert.Empty(read.User.Notices);
    }

    [Fact]
    public void News_goes_to_the_channel_and_by_mail_and_what_a_mail_that_waits_says_again_goes_to_the_channel_once()
    {
        var checks = Watching();
        checks.Finds(Listing(1, 100));
        Assert.Equal(["1@100"], Sent(checks));
        checks.Finds(Listing(1, 100), Listing(2, 90));
        Assert.Equal(["2@90"], Sent(checks));

        // The mail server is away: the mail is made anew with each check's news.
        checks.Finds(Listing(1, 100), Listing(2, 90), Listing(3, 80));

        Assert.Equal(3, checks.User.Outbox!.Notification.Sections[0].Items.Length);
        Assert.Equal(["3@80"], Sent(checks));
    }

    [Fact]
    public void A_price_that_falls_while_the_mail_waits_is_said_to_the_channel_as_a_fall()
    {
        var checks = Watching();
        checks.Finds(Listing(1, 100));
        checks.Finds(Listing(1, 100), Listing(2, 90));
        Sent(checks);

        checks.Finds(Listing(1, 100), Listing(2, 70));

        var item = Assert.Single(Channel(checks).Outbox!.Notification.Sections[0].Items);
        Assert.Equal((NewsKind.PriceDrop, 90m), (item.Kind, item.PreviousPrice!.Value.Value));
    }

    [Fact]
    public void While_it_is_being_sent_nothing_changes_a_message_and_later_news_waits_behind_it()
    {
        var checks = Watching();
        checks.Finds(Listing(1, 100));
        checks.Send();
        Sent(checks);
        checks.Finds(Listing(1, 100), Listing(2, 90));
        checks.Send();
        checks.User = ChannelDelivery.Taken(checks.User, Channel(checks), checks.Now);
        var sending = Channel(checks).Sending!;

        checks.Finds(Listing(1, 100), Listing(2, 90), Listing(3, 80));

        Assert.Same(sending, Channel(checks).Sending);
        Assert.Equal(["3"], Numbers(Channel(checks).Outbox));
        var accepted = ChannelDelivery.After(checks.User, AnnId, "c-00000001", sending, new DeliveryResult.Accepted(), checks.Now)!;
        Assert.Equal(["3"], Numbers(accepted.FindChannel("c-00000001")!.Outbox));
        var deferred = ChannelDelivery.After(checks.User, AnnId, "c-00000001", sending, new DeliveryResult.Deferred("503"), checks.Now)!;
        Assert.Equal(["3", "2"], Numbers(deferred.FindChannel("c-00000001")!.Outbox));
        Assert.Null(deferred.FindChannel("c-00000001")!.Sending);
    }

    [Fact]
    public void What_waits_loses_what_is_gone_or_over_the_target_price_and_takes_the_newest_price()
    {
        var checks = Watching();
        checks.User = checks.User with { Settings = checks.User.Settings with { Searches = [checks.Search with { Rules = new() { PriceAtOrBelow = 100 } }] } };
        checks.Finds(Listing(1, 100), Listing(2, 90), Listing(3, 80));
        checks.Send();

        checks.Finds(Listing(1, 101), Listing(3, 70));

        Assert.Equal(["3@70"], Sent(checks));
    }

    [Fact]
    public void After_a_restart_what_the_log_has_is_not_sent_again_and_the_rest_is_looked_up_before_it_is()
    {
        var checks = Watching();
        checks.Finds(Listing(1, 100));
        checks.Send();
        checks.Finds(Listing(1, 100), Listing(2, 90));
        var waiting = Channel(checks).Outbox!;

        Assert.Contains(waiting, Delivery.Claimable(checks.User));
        Assert.Null(Delivery.Settled(checks.User, [waiting.Notification.Id], checks.Now).FindChannel("c-00000001")!.Outbox);
        Assert.Equal(1, Delivery.Settled(checks.User, [], checks.Now).FindChannel("c-00000001")!.Outbox!.Attempts);
        var taken = ChannelDelivery.Taken(checks.User, Channel(checks), checks.Now);
        Assert.Equal(1, Delivery.Settled(taken, [], checks.Now).FindChannel("c-00000001")!.Outbox!.Attempts);
        Assert.Null(Delivery.Settled(taken, [waiting.Notification.Id], checks.Now).FindChannel("c-00000001")!.Sending);
    }

    [Fact]
    public void Who_gets_no_mails_any_more_still_gets_messages()
    {
        var checks = Watching();
        checks.Finds(Listing(1, 100));
        checks.User = checks.User with { Status = UserStatus.Suppressed, Outbox = null };
        Sent(checks);

        checks.Finds(Listing(1, 100), Listing(2, 90));

        Assert.Equal(UserStatus.Suppressed, checks.User.Status);
        Assert.Null(checks.User.Outbox);
        Assert.Equal(["2@90"], Sent(checks));
        Assert.True(Schedule.IsDue(checks.User, checks.Now + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void What_a_channel_asks_to_wait_is_kept_up_to_an_hour_and_the_operators_fault_does_not_count()
    {
        var checks = Watching();
        checks.Finds(Listing(1, 100));
        var taken = ChannelDelivery.Taken(checks.User, Channel(checks), checks.Now);
        var sending = taken.FindChannel("c-00000001")!.Sending!;

        Assert.Equal(checks.Now.AddMinutes(20), Next(new DeliveryResult.Deferred("429", RetryAfter: TimeSpan.FromMinutes(20))).Outbox!.NextAttemptAt);
        Assert.Equal(checks.Now.AddHours(1), Next(new DeliveryResult.Deferred("429", RetryAfter: TimeSpan.FromDays(3))).Outbox!.NextAttemptAt);
        Assert.Equal(checks.Now, Next(new DeliveryResult.Deferred("503")).FailingSince);
        Assert.Null(Next(new DeliveryResult.Deferred("401", DeferralCause.Sender)).FailingSince);

        ChannelRecord Next(DeliveryResult result) => ChannelDelivery.After(taken, AnnId, "c-00000001", sending, result, checks.Now)!.FindChannel("c-00000001")!;
    }

    [Fact]
    public void In_quiet_hours_nothing_is_sent_and_what_is_older_than_six_hours_waits_for_a_check()
    {
        var checks = Watching();
        checks.Finds(Listing(1, 100));
        var quiet = checks.User with { Settings = checks.User.Settings with { QuietHours = new Alerts.Settings.QuietHours { From = 11, To = 14 } } };

        Assert.True(ChannelDelivery.IsReady(checks.User, Channel(checks), checks.Now));
        Assert.False(ChannelDelivery.IsReady(quiet, Channel(checks), checks.Now));
        Assert.False(ChannelDelivery.IsReady(checks.User, Channel(checks), checks.Now.AddHours(7)));
    }

    static Checks Watching()
    {
        var checks = new Checks();
        checks.User = checks.User with
        {
            Channels =
            [
                new ChannelRecord
                {
                    Id = "c-00000001", Kind = ChannelKind.Webhook, Name = "Mine", CreatedAt = Noon, State = ChannelState.Active, Code = "code", CodeAt = Noon, Protected = "x",
                },
            ],
        };
        return checks;
    }

    static ChannelRecord Channel(Checks checks) => checks.User.FindChannel("c-00000001")!;

    static IEnumerable<string> Numbers(OutboxEntry? entry) => (entry?.Notification.Sections ?? []).SelectMany(section => section.Items).Select(item => $"{item.Listing.ListingNumber}");

    /// <summary>What the channel is sent now, which it takes.</summary>
    static string[] Sent(Checks checks)
    {
        var items = (Channel(checks).Outbox?.Notification.Sections ?? []).SelectMany(section => section.Items).Select(item => $"{item.Listing.ListingNumber}@{item.Listing.Price.Value:0}").ToArray();
        checks.User = checks.User.WithChannel(Channel(checks) with { Outbox = null });
        return items;
    }

    /// <summary>As much of a row as an older release reads: what it does not know is passed over.</summary>
    sealed record OlderRecord(OlderUser? User);

    sealed record OlderUser(int Version, IReadOnlyList<OutboxEntry> Notices);
}
