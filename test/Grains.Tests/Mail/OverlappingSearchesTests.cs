using Alerts.Search;
using Alerts.Settings;
using Alerts.Tests.Runs;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Mail;

/// <summary>Several searches of one person that find the same things: her mail says which is which, and counts each listing once.</summary>
public class OverlappingSearchesTests
{
    static readonly SearchSettings all = SearchFor("iphone 13", "s-00000001");
    static readonly SearchSettings used = all with { Id = "s-00000002", Phrase = "iPhone 13", Conditions = [ItemCondition.Used] };
    static readonly SearchSettings cheap = all with { Id = "s-00000003", Price = new PriceRange { Max = 400 } };

    static async Task<(string Subject, string Text)> FirstMailAsync(NotifyMode notify, SearchSettings[] searches, params (int? Total, int[] Numbers)[] found)
    {
        var checks = new Checks(Choosing([.. searches]) with { Notify = notify });
        checks.Gets([.. found.Select(page => new SearchAnswer
        {
            Snapshot = Snapshot(Noon, page.Total, page.Numbers.Select(number => Listing(number, number))), FetchedAt = Noon,
        })]);
        using var mail = await Mails.Composer().ComposeAsync(Mails.To(checks.User.Settings), checks.User.Outbox!.Notification);
        return (mail.Subject!, mail.TextBody!);
    }

    [Theory]
    [InlineData(NotifyMode.Changes, "Your alerts are on: 4 listings for iphone 13, iPhone 13 (used) and 1 more")]
    [InlineData(NotifyMode.EveryCheck, "Your alerts are on: 4 listings for iphone 13, iPhone 13 (used) and 1 more")]
    public async Task Searches_for_one_phrase_are_named_by_their_filters(NotifyMode notify, string subject)
    {
        var mail = await FirstMailAsync(notify, [all, used, cheap], (null, [1, 2, 3]), (null, [2, 3]), (null, [1, 2, 4]));

        Assert.Equal(subject, mail.Subject);
        Assert.Matches(@"(?m)^iphone 13\r?$", mail.Text);
        Assert.Matches(@"(?m)^iPhone 13 \(used\)\r?$", mail.Text);
        Assert.Matches(@"(?m)^iphone 13 \(up to \$400\.00\)\r?$", mail.Text);
    }

    [Fact]
    public async Task The_same_search_in_two_marketplaces_is_named_by_the_marketplace() => Assert.Equal(
        "Your alerts are on: 3 listings for iphone 13 (eBay US), iphone 13 (eBay HK)",
        (await FirstMailAsync(NotifyMode.Changes, [all, all with { Id = "s-00000002", Marketplace = "EBAY_HK" }], (null, [1, 2]), (null, [2, 3]))).Subject);

    [Fact]
    public async Task Of_matches_that_no_page_shows_those_of_one_phrase_count_once() => Assert.Equal(
        "Your alerts are on: 18,400 listings for iphone 13, iPhone 13 (used)",
        (await FirstMailAsync(NotifyMode.Changes, [all, used], (18_400, [1, 2, 3]), (6_000, [4, 5]))).Subject);

    [Fact]
    public async Task Two_phrases_with_nothing_in_common_count_both() => Assert.Equal(
        "Your alerts are on: 5 listings for iphone 13, thinkpad",
        (await FirstMailAsync(NotifyMode.Changes, [all, SearchFor("thinkpad", "s-00000002")], (null, [1, 2, 3]), (null, [4, 5]))).Subject);
}
