using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

public class RunPlanTests
{
    static readonly SearchSettings iphone = SearchFor("iphone 13", "s-00000001");
    static readonly SearchSettings apple = SearchFor("apple iphone", "s-00000002");

    static SearchAnswer Found(DateTimeOffset at, params Listing[] listings) => new() { Snapshot = Snapshot(at, null, listings), FetchedAt = at };

    static SearchAnswer Unchanged(DateTimeOffset at) => new() { FetchedAt = at };

    static SearchAnswer Failed(string reason = "eBay did not answer.") => new() { Failure = reason };

    /// <summary>The user after a check at noon that found these, and whose mail was sent.</summary>
    static UserState Knowing(UserSettings settings, params Listing[] listings) =>
        Plan(User(settings), Noon, [.. settings.Searches.Select(_ => Found(Noon, listings))]).Next with { Outbox = null };

    static IEnumerable<string> InShort(RunPlan plan) =>
        plan.Next.Outbox?.Notification.Sections.SelectMany(section => section.Items).Select(Watch.InShort) ?? [];

    [Fact]
    public void The_first_check_mails_what_is_there_now()
    {
        var plan = Plan(User(), Noon, Found(Noon, Listing(1), Listing(2)));
        var mail = plan.Next.Outbox!.Notification;
        Assert.True(plan.MustWrite);
        Assert.Equal(NotificationKind.FirstResults, mail.Kind);
        Assert.Equal($"{AnnId}.1", mail.Id);
        Assert.Equal(Noon, mail.CreatedAt);
        Assert.Equal(["Listed 1", "Listed 2"], InShort(plan));
        Assert.Equal((1, Noon.AddMinutes(2)), (plan.Next.LastNotification, plan.Next.NextDue));
    }

    [Fact]
    public void An_unchanged_check_needs_no_write()
    {
        var user = Knowing(Choosing(), Listing(1));
        var later = Noon.AddMinutes(2);
        var plan = Plan(user, later, Unchanged(later));
        Assert.False(plan.MustWrite);
        Assert.Null(plan.Next.Outbox);
        Assert.Equal(Noon.AddMinutes(4), plan.Next.NextDue);
        Assert.Equal(later, plan.Next.Searches[0].LastSuccess);
    }

    [Fact]
    public void A_result_that_differs_in_nothing_worth_keeping_needs_no_write()
    {
        var user = Knowing(Choosing(), Listing(1), Listing(2));
        var later = Noon.AddMinutes(2);
        Assert.False(Plan(user, later, Found(later, Listing(2, shown: 98))).MustWrite);
    }

    [Fact]
    public void The_same_result_again_from_the_state_before_leads_to_the_same_mail()
    {
        var user = Knowing(Choosing(), Listing(1));
        var later = Noon.AddMinutes(2);
        var first = Plan(user, later, Found(later, Listing(1), Listing(2)));
        var again = Plan(user, later, Found(later, Listing(1), Listing(2)));
        Assert.Equal(first.Next.Outbox!.Notification.Id, again.Next.Outbox!.Notification.Id);
        Assert.Equal(InShort(first), InShort(again));
    }

    [Fact]
    public void What_is_seen_and_not_told_is_written_too()
    {
        var user = Knowing(Choosing(iphone with { Rules = new AlertRules { NewListings = false } }), Listing(1));
        var later = Noon.AddMinutes(2);
        var plan = Plan(user, later, Found(later, Listing(1), Listing(2)));
        Assert.True(plan.MustWrite);
        Assert.Null(plan.Next.Outbox);
    }

    [Fact]
    public void A_failed_search_changes_nothing_but_what_is_said_of_it()
    {
        var user = Knowing(Choosing(), Listing(1));
        var plan = Plan(user, Noon.AddMinutes(2), Failed("eBay did not answer."));
        Assert.False(plan.MustWrite);
        Assert.Equal(user.Searches[0] with { LastFailure = "eBay did not answer." }, plan.Next.Searches[0]);
        Assert.Equal(Noon.AddMinutes(4), plan.Next.NextDue);
        var recovered = Plan(plan.Next, Noon.AddMinutes(4), Unchanged(Noon.AddMinutes(4)));
        Assert.Null(recovered.Next.Searches[0].LastFailure);
    }

    [Fact]
    public void A_failed_search_does_not_hold_up_the_others()
    {
        var user = Knowing(Choosing(iphone, apple), Listing(1));
        var later = Noon.AddMinutes(2);
        Assert.Equal(["New 2"], InShort(Plan(user, later, Failed(), Found(later, Listing(1), Listing(2)))));
    }

    [Fact]
    public void A_result_older_than_six_hours_is_no_result()
    {
        var user = Knowing(Choosing(), Listing(1));
        var later = Noon.AddHours(10);
        var plan = Plan(user, later, Found(later.AddHours(-6), Listing(2)));
        Assert.False(plan.MustWrite);
        Assert.Contains("older than 6 hours", plan.Next.Searches[0].LastFailure, StringComparison.Ordinal);
        Assert.Equal(["New 2"], InShort(Plan(user, later, Found(later.AddHours(-6).AddTicks(1), Listing(2)))));
    }

    [Theory]
    [InlineData(100, 80)]
    [InlineData(80, 100)]
    public void Of_an_item_that_two_searches_found_at_different_moments_the_newer_price_is_told(int older, int newer)
    {
        var ago = Noon.AddMinutes(-4);
        Assert.Equal(newer, PriceIn(Plan(User(Choosing(iphone, apple)), Noon, Found(ago, Listing(1, older)), Found(Noon, Listing(1, newer)))));
        Assert.Equal(newer, PriceIn(Plan(User(Choosing(iphone, apple)), Noon, Found(Noon, Listing(1, newer)), Found(ago, Listing(1, older)))));

        static decimal PriceIn(RunPlan plan) => plan.Next.Outbox!.Notification.Sections.SelectMany(section => section.Items).Single().Listing.SellerPrice.Value;
    }

    [Fact]
    public void A_price_is_told_once_whichever_search_has_the_older_answer()
    {
        var user = Plan(User(Choosing(iphone, apple)), Noon, Found(Noon, Listing(1)), Failed()).Next with { Outbox = null };
        var later = Noon.AddMinutes(2);
        var dropped = Plan(user, later, Found(later, Listing(1, 80)), Failed());
        Assert.Equal(["PriceDrop 1 100→80"], InShort(dropped));
        user = Plan(dropped.Next with { Outbox = null }, Noon.AddMinutes(4), Unchanged(later), Found(Noon, Listing(1))).Next;
        Assert.Empty(InShort(Plan(user, Noon.AddMinutes(6), Unchanged(later), Found(Noon.AddMinutes(5), Listing(1, 80)))));
    }

    [Fact]
    public void What_another_search_knows_to_be_past_waits_for_a_newer_answer()
    {
        var user = Knowing(Choosing(iphone, apple), Listing(1));
        user = Plan(user, Noon.AddMinutes(4), Found(Noon.AddMinutes(4), Listing(1, 90)), Failed()).Next with { Outbox = null };
        var outdated = Plan(user, Noon.AddMinutes(6), Unchanged(Noon.AddMinutes(4)), Found(Noon.AddMinutes(2), Listing(1, 70)));
        Assert.Empty(InShort(outdated));
        Assert.Equal(0, outdated.Next.Searches[1].SnapshotVersion);
        Assert.Equal(["PriceDrop 1 90→70"], InShort(Plan(outdated.Next, Noon.AddMinutes(8), Unchanged(Noon.AddMinutes(4)), Found(Noon.AddMinutes(8), Listing(1, 70)))));
    }

    [Fact]
    public void What_the_first_search_lists_leaves_its_place_in_the_second_to_the_rest()
    {
        var all = Enumerable.Range(1, 25).Select(number => Listing(number, number)).ToArray();
        var mail = Plan(User(Choosing(iphone, apple)), Noon, Found(Noon, all), Found(Noon, all)).Next.Outbox!.Notification;
        Assert.Equal([(20, 0), (5, 0)], mail.Sections.Select(section => (section.Items.Length, section.Omitted)));
    }

    [Fact]
    public void What_the_first_search_tells_leaves_its_place_in_the_second_to_the_rest()
    {
        var all = Enumerable.Range(1, 21).Select(number => Listing(number, 2 * number)).ToArray();
        var user = Plan(User(Choosing(iphone, apple)), Noon, Found(Noon, all[..20]), Found(Noon, all)).Next with { Outbox = null };
        var fallen = Enumerable.Range(1, 21).Select(number => Listing(number, number)).ToArray();
        var later = Noon.AddMinutes(2);
        var mail = Plan(user, later, Found(later, fallen[..20]), Found(later, fallen)).Next.Outbox!.Notification;
        Assert.Equal([(20, 0), (1, 0)], mail.Sections.Select(section => (section.Items.Length, section.Omitted)));
        Assert.Equal(21, mail.Sections[1].Items[0].Listing.ListingNumber);
    }

    [Fact]
    public void What_was_listed_anew_between_two_answers_is_listed_once()
    {
        var plan = Plan(User(Choosing(iphone, apple)), Noon, Found(Noon.AddMinutes(-4), Listing(1, title: "One")), Found(Noon, Listing(11, title: "One")));
        Assert.Equal(["Listed 11"], InShort(plan));
    }

    [Fact]
    public void Of_a_drop_that_another_search_told_in_part_the_rest_is_told_if_it_is_enough()
    {
        var rules = new AlertRules { DropPercent = 10 };
        var user = Knowing(Choosing(iphone with { Rules = rules }, apple with { Rules = rules }), Listing(1));
        user = Plan(user, Noon.AddMinutes(2), Found(Noon.AddMinutes(2), Listing(1, 80)), Failed()).Next with { Outbox = null };
        user = Plan(user, Noon.AddMinutes(4), Failed(), Found(Noon.AddMinutes(4), Listing(1, 75))).Next;
        Assert.Null(user.Outbox);
        Assert.Equal(["PriceDrop 1 80→70"], InShort(Plan(user, Noon.AddMinutes(6), Failed(), Found(Noon.AddMinutes(6), Listing(1, 70)))));
    }

    [Fact]
    public void Two_listings_alike_of_which_each_search_finds_one_are_no_news_to_each_other()
    {
        var (used, refurbished) = (Listing(1, 100, title: "One"), Listing(2, 80, title: "One"));
        var user = Knowing(Choosing(iphone, apple), Listing(9));
        user = Plan(user, Noon.AddMinutes(2), Found(Noon.AddMinutes(2), used), Found(Noon.AddMinutes(2), refurbished)).Next with { Outbox = null };
        for (var minute = 4; minute < 20; minute += 4)
        {
            user = Plan(user, Noon.AddMinutes(minute), Found(Noon.AddMinutes(minute), used), Found(Noon.AddMinutes(minute - 1), refurbished)).Next;
            Assert.Null(user.Outbox);
            user = Plan(user, Noon.AddMinutes(minute + 2), Found(Noon.AddMinutes(minute + 1), used), Found(Noon.AddMinutes(minute + 2), refurbished)).Next;
            Assert.Null(user.Outbox);
        }
    }

    [Fact]
    public void Of_two_variations_found_in_one_check_the_cheaper_is_told()
    {
        var plan = Plan(User(Choosing(iphone, apple)), Noon, Found(Noon, Listing(1, 90, variation: "1")), Found(Noon, Listing(1, 70, variation: "2")));
        Assert.Equal(70, plan.Next.Outbox!.Notification.Sections.SelectMany(section => section.Items).Single().Listing.SellerPrice.Value);
    }

    [Fact]
    public void An_item_under_two_phrases_is_told_once()
    {
        var first = Plan(User(Choosing(iphone, apple)), Noon, Found(Noon, Listing(1)), Found(Noon, Listing(1), Listing(2)));
        Assert.Equal(["Listed 1", "Listed 2"], InShort(first));
        var user = first.Next with { Outbox = null };
        var later = Noon.AddMinutes(2);
        var dropped = Plan(user, later, Found(later, Listing(1, 80)), Found(later, Listing(1, 80), Listing(2)));
        Assert.Equal(["PriceDrop 1 100→80"], InShort(dropped));
    }

    [Fact]
    public void An_item_that_the_other_phrase_finds_later_is_not_told_again()
    {
        var user = Knowing(Choosing(iphone, apple), Listing(1));
        var (second, third) = (Noon.AddMinutes(2), Noon.AddMinutes(4));
        var told = Plan(user, second, Found(second, Listing(1, 80), Listing(2)), Unchanged(second));
        Assert.Equal(["PriceDrop 1 100→80", "New 2"], InShort(told));
        var echo = Plan(told.Next with { Outbox = null }, third, Unchanged(third), Found(third, Listing(1, 80), Listing(2)));
        Assert.Empty(InShort(echo));
        Assert.True(echo.MustWrite);
    }

    [Fact]
    public void A_broad_phrase_does_not_empty_the_first_results_of_a_narrow_one()
    {
        var all = Enumerable.Range(1, 40).Select(number => Listing(number, number)).ToArray();
        var plan = Plan(User(Choosing(apple, iphone)), Noon, Found(Noon, all), Found(Noon, all[30..]));
        Assert.Equal([20, 10], plan.Next.Outbox!.Notification.Sections.Select(section => section.Items.Length));
        Assert.Equal([10, 0], plan.Next.Outbox.Notification.Sections.Select(section => section.Omitted));
    }

    [Fact]
    public void A_first_result_of_nothing_is_mailed_once_and_the_first_listing_is_new()
    {
        var plan = Plan(User(), Noon, Found(Noon));
        var mail = plan.Next.Outbox!.Notification;
        Assert.True(plan.MustWrite);
        Assert.Equal((NotificationKind.FirstResults, 0), (mail.Kind, Assert.Single(mail.Sections).Items.Length));
        var (second, third) = (Noon.AddMinutes(2), Noon.AddMinutes(4));
        var user = Plan(plan.Next with { Outbox = null }, second, Found(second)).Next;
        Assert.Null(user.Outbox);
        Assert.Equal(["New 1"], InShort(Plan(user, third, Found(third, Listing(1)))));
    }

    [Fact]
    public void Every_check_sends_no_list_without_a_newer_answer()
    {
        var user = Knowing(Choosing() with { Notify = NotifyMode.EveryCheck }, Listing(1));
        Assert.Null(Plan(user, Noon.AddMinutes(2), Found(Noon, Listing(1))).Next.Outbox);
        Assert.Equal(["Listed 1"], InShort(Plan(user, Noon.AddMinutes(4), Found(Noon.AddMinutes(3), Listing(1)))));
    }

    [Fact]
    public void Each_marketplace_shows_its_own_price_and_page()
    {
        var hk = iphone with { Id = "s-00000002", Marketplace = "EBAY_HK" };
        var inHk = Listing(1) with { Price = new Money(780, "HKD"), Url = "https://www.ebay.com.hk/itm/1" };
        var plan = Plan(User(Choosing(iphone, hk)), Noon.AddSeconds(2), Found(Noon, Listing(1)), Found(Noon.AddSeconds(1), inHk));
        var shown = plan.Next.Outbox!.Notification.Sections.Single(section => section.Marketplace == "EBAY_US").Items.Single().Listing;
        Assert.Equal((new Money(100, "USD"), "https://www.ebay.com/itm/1"), (shown.Price, shown.Url));
    }

    [Fact]
    public void With_a_second_marketplace_what_merely_moved_into_the_page_is_not_new()
    {
        var hk = iphone with { Id = "s-00000002", Marketplace = "EBAY_HK" };
        var old = Noon.AddDays(-90);
        SearchAnswer Us(DateTimeOffset at, params Listing[] listings) => new() { Snapshot = Snapshot(at, 1_000, listings), FetchedAt = at };
        var inHk = Listing(1, created: old) with { Price = new Money(780, "HKD") };
        var user = Plan(User(Choosing(iphone, hk)), Noon, Us(Noon, Listing(1, created: old), Listing(2, 120, created: old)), Found(Noon, inHk)).Next;
        var later = Noon.AddMinutes(2);
        var plan = Plan(user with { Outbox = null }, later, Us(later, Listing(2, 120, created: old), Listing(3, 300, created: old)), Found(later, inHk));
        Assert.Null(plan.Next.Outbox);
    }

    [Fact]
    public void A_changed_phrase_starts_anew_and_a_removed_one_is_forgotten()
    {
        var user = Knowing(Choosing(iphone, apple), Listing(1));
        var changed = user.With(Choosing(iphone with { Phrase = "iphone 14" }));
        Assert.Equal(2, changed.Version);
        var later = Noon.AddMinutes(2);
        var plan = Plan(changed, later, Found(later, Listing(1)));
        Assert.Equal(["Listed 1"], InShort(plan));
        Assert.Equal("iphone 14", Assert.Single(plan.Next.Outbox!.Notification.Sections).Phrase);
        Assert.Contains("iphone%2014", Assert.Single(plan.Next.Searches).Query, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_rules_are_applied_to_an_unchanged_result()
    {
        var user = Knowing(Choosing(), Listing(1));
        var query = SearchQuery.KeyOf(iphone, "en");
        Assert.NotEqual(0, RunPlan.KnownVersion(user, iphone, query, Noon));
        Assert.Equal(0, RunPlan.KnownVersion(user.With(Choosing(iphone)), iphone, query, Noon));
        Assert.Equal(0, RunPlan.KnownVersion(User(), iphone, query, Noon));
    }

    [Fact]
    public void What_one_search_told_and_another_finds_listed_anew_is_told_once()
    {
        var one = Listing(1, title: "One");
        var user = Knowing(Choosing(iphone, apple), one);
        var (second, third, fourth) = (Noon.AddMinutes(2), Noon.AddMinutes(4), Noon.AddMinutes(6));
        var told = Plan(user, second, Found(second, Listing(1, 80, title: "One"), Listing(2, title: "Two")), Unchanged(second));
        Assert.Equal(["PriceDrop 1 100→80", "New 2"], InShort(told));

        var echo = Plan(told.Next with { Outbox = null }, third, Unchanged(third), Found(third, Listing(11, 80, title: "One"), Listing(12, title: "Two")));
        Assert.Empty(InShort(echo));
        var other = Plan(told.Next with { Outbox = null }, third, Unchanged(third), Found(third, one, Listing(2, title: "Two"), Listing(12, title: "Two")));
        Assert.Equal(["New 12"], InShort(other)); // Both are there: the seller has two.
        var cheaper = Plan(echo.Next, fourth, Unchanged(fourth), Found(fourth, Listing(11, 70, title: "One"), Listing(12, 60, title: "Two")));
        Assert.Equal(["PriceDrop 12 100→60", "PriceDrop 11 80→70"], InShort(cheaper));
    }

    [Fact]
    public void A_search_whose_key_took_another_form_keeps_its_memory()
    {
        var choice = SearchFor("(b, a)") with { BuyingOptions = [BuyingOption.FixedPrice] };
        var user = Knowing(Choosing(choice), Listing(1));
        var (former, now) = (SearchQuery.FormerKeysOf(choice).First(), SearchQuery.KeyOf(choice, "en"));
        Assert.NotEqual(former, now);
        user = user with { Searches = [user.Searches[0] with { Query = former }] };

        Assert.Equal(user.Searches[0].SnapshotVersion, RunPlan.KnownVersion(user, choice, now, Noon));
        var plan = Plan(user, Noon.AddMinutes(2), Found(Noon.AddMinutes(2), Listing(1), Listing(2)));

        Assert.Equal([2L], Assert.Single(plan.Next.Outbox!.Notification.Sections).Items.Select(item => item.Listing.ListingNumber));
        Assert.Equal(now, plan.Next.Searches[0].Query);
    }

    [Fact]
    public void A_search_that_is_asked_in_the_marketplaces_second_language_keeps_what_it_knew()
    {
        var velo = SearchFor("velo") with { Marketplace = "EBAY_CA" };
        var user = Knowing(Choosing(velo) with { Language = "fr-CA" }, Listing(1));
        user = user with { Searches = [user.Searches[0] with { Query = SearchQuery.KeyOf(velo, "en") }] };

        var plan = Plan(user, Noon.AddMinutes(2), Found(Noon.AddMinutes(2), Listing(1), Listing(2)));

        Assert.Equal([2L], Assert.Single(plan.Next.Outbox!.Notification.Sections).Items.Select(item => item.Listing.ListingNumber));
        Assert.Equal(SearchQuery.KeyOf(velo, "fr-CA"), plan.Next.Searches[0].Query);
    }

    [Fact]
    public void Less_than_hourly_checks_have_their_next_moment_written()
    {
        var later = Noon.AddHours(1);
        Assert.True(Plan(Knowing(Choosing() with { FrequencyMinutes = 60 }, Listing(1)), later, Unchanged(later)).MustWrite);
        Assert.False(Plan(Knowing(Choosing() with { FrequencyMinutes = 30 }, Listing(1)), later, Unchanged(later)).MustWrite);
    }

    [Fact]
    public void Every_check_mails_the_list_each_time_and_needs_the_content_each_time()
    {
        var user = Knowing(Choosing() with { Notify = NotifyMode.EveryCheck }, Listing(1));
        Assert.Equal(0, RunPlan.KnownVersion(user, iphone, SearchQuery.KeyOf(iphone, "en"), Noon));
        var plan = Plan(user, Noon.AddMinutes(2), Found(Noon.AddMinutes(2), Listing(1)));
        Assert.Equal((NotificationKind.EveryCheck, $"{AnnId}.2"), (plan.Next.Outbox!.Notification.Kind, plan.Next.Outbox.Notification.Id));
        Assert.True(plan.MustWrite);
    }

    [Fact]
    public void The_end_of_a_snooze_is_written_and_checks()
    {
        var user = Knowing(Choosing(), Listing(1)) with { Status = UserStatus.Snoozed, SnoozedUntil = Noon.AddHours(1) };
        var plan = Plan(user, Noon.AddHours(1), Unchanged(Noon.AddHours(1)));
        Assert.True(plan.MustWrite);
        Assert.Equal((UserStatus.Active, null), (plan.Next.Status, plan.Next.SnoozedUntil));
    }

    [Fact]
    public void A_number_of_answers_other_than_of_searches_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan(User(), Noon));
}
