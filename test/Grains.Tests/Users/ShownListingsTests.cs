using Alerts.Search;
using Alerts.Settings;
using Alerts.Tests.Runs;
using Alerts.Users;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Users;

/// <summary>What a page showed counts as notified.</summary>
public class ShownListingsTests
{
    static readonly UserSettings calm = Choosing() with { QuietHours = new QuietHours { From = 13, To = 15 } };

    static ShownListing Shown(long number, decimal price, string currency = "USD") => new(number, new Money(price, currency));

    static Checks InQuietHours()
    {
        var ann = new Checks(calm);
        ann.Finds(Listing(1), Listing(2));
        ann.Send();
        ann.Now = Noon.AddHours(1);
        Assert.Empty(ann.Finds(Listing(1, 80), Listing(2, 80), Listing(3), Listing(4)));
        return ann;
    }

    [Fact]
    public void New_listings_and_drops_that_were_seen_on_a_page_are_not_mailed_and_the_others_are()
    {
        var ann = InQuietHours();
        ann.User = Lifecycle.Shown(ann.User, "s-00000001", [Shown(1, 80), Shown(3, 100)], ann.Now);
        ann.Now = Noon.AddHours(3);

        Assert.Equal(["PriceDrop 2 100→80", "New 4"], ann.Finds(Listing(1, 80), Listing(2, 80), Listing(3), Listing(4)));
        ann.Send();
        Assert.Equal(["PriceDrop 3 100→70"], ann.Finds(Listing(1, 80), Listing(2, 80), Listing(3, 70), Listing(4)));
    }

    [Fact]
    public void When_all_was_seen_no_mail_goes_and_nothing_waits()
    {
        var ann = InQuietHours();
        ann.User = Lifecycle.Shown(ann.User, "s-00000001", [Shown(1, 80), Shown(2, 80), Shown(3, 100), Shown(4, 100)], ann.Now);
        ann.Now = Noon.AddHours(3);

        Assert.Empty(ann.Finds(Listing(1, 80), Listing(2, 80), Listing(3), Listing(4)));
        Assert.Null(ann.User.WaitingSince);
    }

    [Fact]
    public void Looking_again_at_what_is_known_changes_nothing()
    {
        var ann = InQuietHours();
        ann.User = Lifecycle.Shown(ann.User, "s-00000001", [Shown(1, 80), Shown(3, 100)], ann.Now);

        Assert.Same(ann.User, Lifecycle.Shown(ann.User, "s-00000001", [Shown(1, 80), Shown(1, 95), Shown(3, 100)], ann.Now.AddMinutes(1)));
        Assert.Same(ann.User, Lifecycle.Shown(ann.User, "s-00000009", [Shown(4, 100)], ann.Now));
        Assert.Same(ann.User, Lifecycle.Shown(ann.User, "s-00000001", [Shown(77, 1), Shown(2, 1, "EUR")], ann.Now));
    }
}
