using Alerts.Mail.Templates;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tests.Mail;
using Alerts.Texts;
using static Alerts.Tests.Some;

namespace Alerts.Tests.News;

/// <summary>What a person who watches everything, only what is new, or only the cheapest, hears of a market too large for one page.</summary>
public class WatchModeTests
{
    static Watch Watching(WatchMode mode, AlertRules? rules = null) => new() { Search = SearchFor(rules: rules) with { Watch = mode }, Total = 18_400 };

    static Listing Old(long number, decimal price) => Listing(number, price, created: Noon.AddDays(-9));

    [Theory]
    [InlineData(WatchMode.Everything, "PriceDrop 1 100→80", "New 3")]
    [InlineData(WatchMode.New, "New 3")]
    [InlineData(WatchMode.Cheapest, "PriceDrop 1 100→80")]
    public void A_drop_and_a_dear_new_listing_are_news_to_whom_they_concern(WatchMode mode, params string[] news)
    {
        var ann = Watching(mode);
        ann.Newest = [Old(2, 900)];
        ann.Sees(Old(1, 100));

        ann.Newest = [Listing(3, 700, created: ann.Now), Old(2, 900)];
        Assert.Equal(news, ann.Tells(Old(1, 80)));
        Assert.Empty(ann.Tells(Old(1, 80)));
    }

    [Fact]
    public void With_a_target_who_watches_what_is_new_hears_of_no_old_listing_that_falls_to_it()
    {
        var ann = Watching(WatchMode.New, new AlertRules { PriceAtOrBelow = 90 });
        ann.Sees(Old(1, 100));

        Assert.Equal(["New 4"], ann.Tells(Old(1, 80), Listing(4, 85, created: ann.Now)));
    }

    [Fact]
    public void Without_the_cheapest_an_old_listing_that_eBay_shows_late_is_not_new()
    {
        var ann = Watching(WatchMode.New);
        ann.Sees(Old(1, 100));
        ann.Newest = [Old(1, 100)];
        ann.Sees();

        ann.Newest = [Listing(5, created: ann.Now), Old(6, 5)];
        Assert.Equal(["New 5"], ann.Tells());
    }

    [Fact]
    public void Of_the_newest_only_what_may_be_news_is_remembered()
    {
        var ann = Watching(WatchMode.Everything);
        ann.Newest = [.. Enumerable.Range(1_000, 600).Select(number => Old(number, number))];
        ann.Sees(Enumerable.Range(1, 100).Select(number => Old(number, number)));
        ann.Newest = [.. ann.Newest.Skip(5).Concat(Enumerable.Range(5_000, 5).Select(number => Listing(number, 600, created: ann.Now)))];
        ann.Sees(Enumerable.Range(1, 100).Select(number => Old(number, number)));

        Assert.Equal(105, ann.Memory.Seen.Length);
    }

    [Fact]
    public void Each_search_says_its_scope_in_the_readers_language()
    {
        var (english, german) = (TextCatalogue.Of("en-US"), TextCatalogue.Of("de-DE"));

        Assert.Equal("18,400 match: all new ones, and price drops among the 100 cheapest.", ScopeText.Of(english, WatchMode.Everything, 18_400, 100, missedSome: false));
        Assert.Equal("18.400 passen: alle neuen, und Preissenkungen unter den 100 günstigsten.", ScopeText.Of(german, WatchMode.Everything, 18_400, 100, missedSome: false));
        Assert.Equal("18,400 match: all new ones, no price drops.", ScopeText.Of(english, WatchMode.New, 18_400, 100, missedSome: false));
        Assert.Equal("18,400 match: new ones and price drops among the 100 cheapest.", ScopeText.Of(english, WatchMode.Cheapest, 18_400, 100, missedSome: true));
        Assert.Equal("Everything that matches is watched: new listings and price drops.", ScopeText.Of(english, WatchMode.Everything, 53, 0, missedSome: false));
        Assert.Contains("some of them were not seen", ScopeText.Of(english, WatchMode.Everything, 18_400, 100, missedSome: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_says_the_scope_of_each_of_its_searches()
    {
        var section = Mails.Section(Mails.Item(1), Mails.Item(2)) with { Total = 18_400, Scope = new SectionScope(100, MissedSome: false) };

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann), Mails.Notification(NotificationKind.Changes, section));

        Assert.Contains("18,400 match: all new ones, and price drops among the 100 cheapest.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("18,400 match: all new ones, and price drops among the 100 cheapest.", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void To_watch_what_is_new_and_want_no_new_listings_is_an_error()
    {
        var search = SearchFor(rules: new AlertRules { NewListings = false }) with { Watch = WatchMode.New };

        Assert.Equal(["watch"], UserSettingsValidator.Validate(search).Keys);
        Assert.Empty(UserSettingsValidator.Validate(search with { Watch = WatchMode.Cheapest }));
        Assert.Empty(UserSettingsValidator.Validate(search with { Rules = new AlertRules { NewListings = false, PriceAtOrBelow = 5 } }));
        Assert.Equal(["watch"], UserSettingsValidator.Validate(search with { Watch = (WatchMode)7 }).Keys);
    }
}
