using Alerts.Outbox;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>An alert that the mail server deferred is made anew with what is true by then.</summary>
public class AlertMadeAnewTests
{
    readonly Checks ann = new();

    [Fact]
    public void Later_news_joins_it_under_a_new_id_and_its_back_off_stays()
    {
        ann.Finds(Listing(1));
        ann.Send();
        ann.Finds(Listing(1), Listing(2));
        ann.Defer();
        var waiting = ann.User.Outbox!;
        Assert.Equal(["PriceDrop 1 100→90", "New 2"], ann.Finds(Listing(1, 90), Listing(2)));
        Assert.NotEqual(waiting.Notification.Id, ann.User.Outbox!.Notification.Id);
        Assert.Equal((waiting.Attempts, waiting.NextAttemptAt), (ann.User.Outbox.Attempts, ann.User.Outbox.NextAttemptAt));
        Assert.Equal(2, ann.User.MailsOfDay);
    }

    [Fact]
    public void It_stays_as_it_is_while_there_is_nothing_to_add()
    {
        ann.Finds(Listing(1));
        ann.Defer();
        var waiting = ann.User.Outbox;
        Assert.False(Plan(ann.User, ann.Now, new SearchAnswer { FetchedAt = ann.Now }).MustWrite);
        ann.Gets(new SearchAnswer { FetchedAt = ann.Now });
        Assert.Same(waiting, ann.User.Outbox);
        ann.Finds(Listing(1));
        Assert.Same(waiting, ann.User.Outbox);
    }

    [Fact]
    public void Drops_that_were_not_named_add_up()
    {
        ann.Finds(Listing(1));
        ann.Send();
        ann.Finds(Listing(1, 90));
        ann.Defer();
        Assert.Equal(["PriceDrop 1 100→80"], ann.Finds(Listing(1, 80)));
    }

    [Fact]
    public void A_new_listing_that_got_cheaper_is_new_at_its_price()
    {
        ann.Finds(Listing(1));
        ann.Send();
        ann.Finds(Listing(1), Listing(2, 50));
        ann.Defer();
        Assert.Equal(["New 2"], ann.Finds(Listing(1), Listing(2, 40)));
        Assert.Equal(40, ann.User.Outbox!.Notification.Sections[0].Items[0].Listing.SellerPrice.Value);
    }

    [Fact]
    public void A_drop_that_was_taken_back_is_not_sent()
    {
        ann.Finds(Listing(1));
        ann.Send();
        ann.Finds(Listing(1, 90));
        ann.Defer();
        Assert.Empty(ann.Finds(Listing(1, 100)));
        Assert.Null(ann.User.Outbox);
    }

    [Fact]
    public void After_hours_it_is_brought_up_to_date()
    {
        ann.Finds(Listing(1), Listing(2), Listing(3));
        ann.Defer();
        ann.Now = Noon.AddHours(3);
        Assert.Equal(0, ann.KnownVersion(ann.Now));
        Assert.Equal(["Listed 1", "Listed 3"], ann.Finds(Listing(1), Listing(3, 120)));
        Assert.Equal(Noon.AddHours(3), ann.User.Outbox!.Notification.Sections[0].FetchedAt);
    }

    [Fact]
    public void A_listing_that_was_listed_anew_is_named_by_its_new_number()
    {
        ann.Finds(Listing(1, title: "One"), Listing(2, title: "Two"));
        ann.Send();
        Assert.Equal(["PriceDrop 1 100→90", "New 3"], ann.Finds(Listing(1, 90, title: "One"), Listing(2, title: "Two"), Listing(3, 50, title: "Three")));
        ann.Defer();
        Assert.Equal(["PriceDrop 11 100→80", "New 13"], ann.Finds(Listing(2, title: "Two"), Listing(11, 80, title: "One"), Listing(13, 50, title: "Three")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("s-00000001")]
    public void What_an_unsubscription_kept_from_being_sent_is_news_when_it_is_taken_back(string? search)
    {
        ann.Finds(Listing(1), Listing(2));
        ann.Send();
        ann.Finds(Listing(1, 90), Listing(2), Listing(3));
        ann.Defer();

        ann.User = Lifecycle.Unsubscribed(ann.User, search);
        Assert.Null(ann.User.Outbox);
        ann.User = Lifecycle.Resubscribed(ann.User, search, ann.Now);

        Assert.Equal(0, ann.KnownVersion(ann.Now));
        Assert.Equal(["PriceDrop 1 100→80", "New 3"], ann.Finds(Listing(1, 80), Listing(2), Listing(3)));
    }

    [Fact]
    public void What_was_given_up_is_news_again()
    {
        ann.Finds(Listing(1));
        ann.Send();
        ann.Finds(Listing(1, 90), Listing(2));
        var later = ann.Now.AddDays(1);
        ann.User = Delivery.After(ann.User, ann.User.Outbox!, new DeliveryResult.Deferred("421"), later)!;
        Assert.Null(ann.User.Outbox);
        ann.Now = later;
        Assert.Equal(["PriceDrop 1 100→90", "New 2"], ann.Finds(Listing(1, 90), Listing(2)));
    }

    [Fact]
    public void A_mail_that_left_is_not_made_anew_when_the_delivery_log_has_forgotten_it()
    {
        ann.Finds(Listing(1), Listing(2));
        foreach (var days in (int[])[8, 91])
        {
            var settled = Delivery.Settled(ann.User, accepted: [], Noon.AddDays(days));
            Assert.Null(Plan(settled, Noon.AddDays(days), new SearchAnswer { Snapshot = Snapshot(Noon.AddDays(days), null, Listing(1), Listing(2)) }).Next.Outbox);
        }

        Assert.NotNull(Delivery.Settled(ann.User, accepted: [], Noon.AddDays(6)).Outbox);
    }

    [Fact]
    public void News_that_an_older_release_kept_back_is_named()
    {
        ann.Finds(Listing(1), Listing(2));
        ann.Send();
        var fallen = new NewsItem { Kind = NewsKind.PriceDrop, Listing = Listing(1, 90), PreviousPrice = new Money(100, "USD") };
        var memory = ann.User.Searches[0];
        var section = new NotificationSection
        {
            SearchId = memory.SearchId, Phrase = "iphone 13", Marketplace = "EBAY_US", FetchedAt = Noon, Total = 2, Items = [fallen],
        };
        ann.User = ann.User with { Searches = [memory.Notified(section, Noon)], Waiting = [section], WaitingSince = Noon };

        Assert.Equal(["PriceDrop 1 100→90"], ann.Finds(Listing(1, 90), Listing(2)));
        Assert.Empty(ann.User.Waiting);
    }
}
