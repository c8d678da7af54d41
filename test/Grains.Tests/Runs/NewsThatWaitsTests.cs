using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>What may not be said now, or has no room, is said later as it is then.</summary>
public class NewsThatWaitsTests
{
    [Fact]
    public void In_quiet_hours_news_waits_and_is_said_after_them_as_it_is_then()
    {
        var ann = new Checks(Choosing() with { QuietHours = new QuietHours { From = 13, To = 15 } });
        ann.Finds(Listing(1), Listing(2), Listing(3));
        ann.Send();
        ann.Now = Noon.AddHours(1);
        Assert.Empty(ann.Finds(Listing(1, 90), Listing(2, 90), Listing(3), Listing(4)));
        Assert.Equal(Noon.AddHours(1), ann.User.WaitingSince);
        ann.Finds(Listing(1, 90), Listing(2, 120), Listing(3), Listing(4), Listing(5));
        Assert.NotEqual(0, ann.KnownVersion(Noon.AddHours(2)));
        ann.Now = Noon.AddHours(3);
        Assert.Equal(0, ann.KnownVersion(ann.Now));
        Assert.Equal(["PriceDrop 1 100→90", "New 4"], ann.Finds(Listing(1, 90), Listing(2, 120), Listing(3), Listing(4)));
        Assert.Null(ann.User.WaitingSince);
        Assert.Equal(NotificationKind.Changes, ann.User.Outbox!.Notification.Kind);
    }

    [Fact]
    public void First_results_wait_for_the_end_of_quiet_hours()
    {
        var ann = new Checks(Choosing() with { QuietHours = new QuietHours { From = 12, To = 15 } });
        Assert.Empty(ann.Finds(Listing(1)));
        ann.Now = Noon.AddHours(3);
        Assert.Equal(["Listed 1", "Listed 2"], ann.Finds(Listing(1), Listing(2)));
        Assert.Equal(NotificationKind.FirstResults, ann.User.Outbox!.Notification.Kind);
    }

    [Fact]
    public void The_digest_gathers_until_its_hour_and_then_anew()
    {
        var ann = new Checks(Choosing() with { Notify = NotifyMode.Digest, DigestHour = 18 });
        Assert.Equal(["Listed 1"], ann.Finds(Listing(1)));
        Assert.Equal(NotificationKind.FirstResults, ann.User.Outbox!.Notification.Kind);
        ann.Send();
        Assert.Empty(ann.Finds(Listing(1), Listing(2)));
        Assert.Empty(ann.Finds(Listing(1, 80), Listing(2)));
        ann.Now = Noon.AddHours(6);
        Assert.Equal(["PriceDrop 1 100→80", "New 2"], ann.Finds(Listing(1, 80), Listing(2)));
        Assert.Equal(NotificationKind.Digest, ann.User.Outbox.Notification.Kind);
        ann.Send();
        Assert.Empty(ann.Finds(Listing(1, 80), Listing(2), Listing(3)));
        ann.Now = Noon.AddHours(29.9);
        Assert.Empty(ann.Finds(Listing(1, 80), Listing(2), Listing(3)));
        ann.Now = Noon.AddHours(30);
        Assert.Equal(["New 3"], ann.Finds(Listing(1, 80), Listing(2), Listing(3)));
    }

    [Fact]
    public void After_the_limit_of_the_day_news_waits_for_the_next()
    {
        var ann = new Checks(Choosing() with { MailsPerDay = 1 });
        Assert.Equal(["Listed 1"], ann.Finds(Listing(1)));
        ann.Send();
        Assert.Empty(ann.Finds(Listing(1), Listing(2)));
        ann.Now = Noon.AddHours(12);
        Assert.Equal(["New 2"], ann.Finds(Listing(1), Listing(2)));
        Assert.Equal((new DateOnly(2026, 11, 24), 1), (ann.User.MailDay, ann.User.MailsOfDay));
    }

    [Fact]
    public void A_list_of_everything_replaces_the_one_that_waits_and_none_is_kept_back()
    {
        var ann = new Checks(Choosing() with { Notify = NotifyMode.EveryCheck });
        ann.Finds(Listing(1), Listing(2));
        ann.Defer();
        Assert.Equal(["Listed 3", "Listed 1"], ann.Finds(Listing(1), Listing(3, 50)));
        ann.Send();
        ann.User = ann.User with { Settings = ann.User.Settings with { QuietHours = new QuietHours { From = 12, To = 13 } } };
        Assert.Empty(ann.Finds(Listing(1), Listing(3, 50)));
        Assert.Null(ann.User.WaitingSince);
    }

    [Fact]
    public void Small_drops_push_out_no_new_listing_and_what_has_no_room_goes_with_the_next_mail()
    {
        var ann = new Checks();
        Listing[] Old(decimal price) => [.. Enumerable.Range(1, 60).Select(number => Listing(number, price))];
        Listing[] New = [.. Enumerable.Range(101, 25).Select(number => Listing(number, 300, created: Noon.AddSeconds(number)))];
        ann.Finds(Old(100));
        ann.Send();
        var named = new List<string>();
        var perMail = new List<(int New, int Drops)>();
        for (var mail = 0; mail < 10 && ann.Finds([.. Old(99), .. New]).ToList() is { Count: > 0 } items; mail++)
        {
            named.AddRange(items);
            perMail.Add((items.Count(item => item.StartsWith("New", StringComparison.Ordinal)), items.Count(item => item.StartsWith("PriceDrop", StringComparison.Ordinal))));
            Assert.Equal(85, named.Count + ann.User.Outbox!.Notification.Sections[0].Omitted);
            ann.Send();
            Assert.Equal(named.Count == 85, ann.User.WaitingSince is null);
        }

        Assert.Equal((8, 12), perMail[0]);
        Assert.Equal(85, named.Distinct().Count());
        Assert.Contains("New 125", named.Take(20));
        Assert.Equal(5, perMail.Count);
    }

    [Fact]
    public void A_list_at_every_check_names_each_new_listing_beyond_the_cheapest_within_the_next_lists()
    {
        var ann = new Checks(Choosing() with { Notify = NotifyMode.EveryCheck });
        Listing[] old = [.. Enumerable.Range(1, 60).Select(number => Listing(number, number))];
        Listing[] all = [.. old, .. Enumerable.Range(101, 25).Select(number => Listing(number, 300, created: Noon.AddSeconds(number)))];
        ann.Finds(old);
        ann.Send();
        var lists = new List<List<string>>();
        for (var list = 0; list < 3; list++)
        {
            lists.Add([.. ann.Finds(all)]);
            ann.Send();
        }

        Assert.Equal(25, lists.SelectMany(items => items).Where(item => item.StartsWith("New ", StringComparison.Ordinal)).Distinct().Count());
        Assert.Equal([16, 9, 0], lists.Select(items => items.Count(item => item.StartsWith("New ", StringComparison.Ordinal))));
        Assert.All(lists, items => Assert.Equal(["Listed 1", "Listed 2", "Listed 3", "Listed 4"], items.Where(item => item.StartsWith("Listed", StringComparison.Ordinal)).Take(4)));
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"Listed {number}"), lists[2]);
        Assert.Null(ann.User.WaitingSince);
    }

    [Fact]
    public void A_list_at_every_check_names_a_drop_beyond_the_cheapest_once()
    {
        var ann = new Checks(Choosing() with { Notify = NotifyMode.EveryCheck });
        Listing[] old = [.. Enumerable.Range(1, 60).Select(number => Listing(number, number))];
        ann.Finds(old);
        ann.Send();
        Assert.Contains("New 101", ann.Finds([.. old, Listing(101, 300)]));
        ann.Send();
        Assert.Equal("PriceDrop 101 300→200", ann.Finds([.. old, Listing(101, 200)]).First());
        ann.Send();
        Assert.DoesNotContain(ann.Finds([.. old, Listing(101, 200)]), item => item.Contains("101", StringComparison.Ordinal));
    }

    [Fact]
    public void A_price_that_swings_is_no_drop_in_a_list_until_it_passes_the_lowest_shown()
    {
        var ann = new Checks(Choosing(SearchFor(rules: AlertRules.ForNewSearches)) with { Notify = NotifyMode.EveryCheck });
        var lists = new[] { 100m, 150, 100, 90 }.Select(price =>
        {
            var items = ann.Finds(Listing(1, price));
            ann.Send();
            return items.Single();
        });
        Assert.Equal(["Listed 1", "Listed 1", "Listed 1", "PriceDrop 1 100→90"], lists);
    }

    [Fact]
    public void What_two_lists_find_is_new_in_one_of_them_once()
    {
        var iphone = SearchFor();
        var other = iphone with { Id = "s-00000002", ExcludeWords = ["case"] };
        var ann = new Checks(Choosing(iphone, other) with { Notify = NotifyMode.EveryCheck });
        Listing[] old = [.. Enumerable.Range(1, 30).Select(number => Listing(number, number))];
        ann.Gets(ann.Found(old), ann.Found(old));
        ann.Send();
        var named = Enumerable.Range(0, 3).SelectMany(_ =>
        {
            Listing[] now = [.. old, Listing(101, 300)];
            var items = ann.Gets(ann.Found(now), ann.Found(now)).ToList();
            ann.Send();
            return items;
        }).ToList();
        Assert.Single(named, item => item == "New 101");
    }

    [Fact]
    public void Of_too_many_new_listings_the_oldest_are_counted_and_no_more()
    {
        var ann = new Checks(Choosing() with { QuietHours = new QuietHours { From = 13, To = 15 } });
        ann.Finds(Listing(1));
        ann.Send();
        ann.Now = Noon.AddHours(1);
        Listing[] many = [Listing(1), .. Enumerable.Range(1_000, 250).Select(number => Listing(number, created: Noon.AddSeconds(number)))];
        ann.Finds(many);
        ann.Now = Noon.AddHours(3);
        Assert.Equal(20, ann.Finds(many).Count());
        var section = ann.User.Outbox!.Notification.Sections[0];
        Assert.Equal((230, 50), (section.Omitted, section.PassedOver));
        Assert.Equal(0, ann.User.Searches[0].PassedOver);
    }
}
