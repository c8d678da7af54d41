using System.Collections.Immutable;
using Alerts.Mail.Templates;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Testing;
using Alerts.Texts;

namespace Alerts.Tests.Mail;

/// <summary>The subject of each situation, as docs/mail-subjects.md shows them to whoever wants to know what mails say.</summary>
public sealed class MailSubjectTests
{
    static readonly SearchSettings target = Mails.Ann.Searches[0] with { Rules = new AlertRules { PriceAtOrBelow = 200 } };

    static readonly Dictionary<string, (UserSettings Settings, Notification Mail)> situations = new()
    {
        ["An address is to be confirmed"] = Of(NotificationKind.Confirmation),
        ["The first mail of a search"] = Of(NotificationKind.FirstResults, Mails.Section(Item(NewsKind.Listed, 189))),
        ["The first mail, one listing"] = Of(NotificationKind.FirstResults, Mails.Section(Item(NewsKind.Listed, 189)) with { Total = 1 }),
        ["The first mail, nothing listed"] = Of(NotificationKind.FirstResults, Mails.Section() with { Total = 0 }),
        ["The first mail of three searches"] = Of(NotificationKind.FirstResults, Phrased("iphone 13"), Phrased("thinkpad x1"), Phrased("rare clock")),
        ["A list at every check"] = Of(NotificationKind.EveryCheck, Mails.Section(Item(NewsKind.Listed, 189), Item(NewsKind.Listed, 199.5m))),
        ["A list of two currencies"] = Of(NotificationKind.EveryCheck, Mails.Section(Item(NewsKind.Listed, 189), Item(NewsKind.Listed, 780, currency: "HKD"))),
        ["One new listing"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.New, 182))),
        ["Three new listings"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.New, 182), Item(NewsKind.New, 175.5m), Item(NewsKind.New, 199))),
        ["25 new listings, 20 of them shown"] = Of(NotificationKind.Changes, Mails.Section(Enumerable.Repeat(Item(NewsKind.New, 182), 20)) with { Omitted = 5 }),
        ["New listings of two searches"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.New, 182)), Phrased("thinkpad x1", Item(NewsKind.New, 420))),
        ["A price drop"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.PriceDrop, 182, was: 210))),
        ["A price drop of cents"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.PriceDrop, 181.5m, was: 189.99m))),
        ["A price drop in a marketplace that converts"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.PriceDrop, 182, was: 210, sellerPrice: 150, sellerWas: 175))),
        ["A price drop and a new listing"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.New, 150), Item(NewsKind.PriceDrop, 182, was: 210))),
        ["Three drops, the largest first"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.PriceDrop, 200, was: 210), Item(NewsKind.PriceDrop, 182, was: 260), Item(NewsKind.PriceDrop, 90, was: 100))),
        ["A price rise"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.PriceRise, 230, was: 210))),
        ["The target price is reached by a drop"] = Of(NotificationKind.Changes, target, Mails.Section(Item(NewsKind.PriceDrop, 199, was: 210))),
        ["The target price is reached by a new listing"] = Of(NotificationKind.Changes, target, Mails.Section(Item(NewsKind.New, 150))),
        ["The target price is reached, among other news"] = Of(
            NotificationKind.Changes, target, Mails.Section(Item(NewsKind.New, 150)), Phrased("thinkpad x1", Item(NewsKind.PriceDrop, 20, was: 400), Item(NewsKind.New, 420))),
        ["An auction ends soon"] = Of(NotificationKind.Changes, Mails.Section(Auction(25))),
        ["An auction ends in a minute, and something is new"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.New, 150), Auction(1))),
        ["An auction ends within the lead of its search"] = Of(NotificationKind.Changes, Mails.Section(Auction(25) with { Kind = NewsKind.Listed, IsEnding = true })),
        ["An auction ends in five hours, as the lead of its search says, and the price of another listing fell"] =
            Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.PriceDrop, 182, 210), Auction(300) with { Kind = NewsKind.Listed, IsEnding = true })),
        ["An auction that ends tomorrow"] = Of(NotificationKind.Changes, Mails.Section(Auction(60 * 26))),
        ["A listing whose title is long"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.PriceDrop, 182, was: 210, title: string.Join(' ', Enumerable.Repeat("Apple", 30))))),
        ["A title from right to left"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.PriceDrop, 182, was: 210, title: "آيفون 13 برو"))),
        ["A title with a line break and an override"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.New, 182, title: "iPhone\r\nBcc: eve\u202Egnp"))),
        ["A daily digest"] = Of(NotificationKind.Digest, Mails.Section(Item(NewsKind.PriceDrop, 182, was: 210), Item(NewsKind.New, 150), Item(NewsKind.New, 155))),
        ["A digest of many searches"] = Of(NotificationKind.Digest, Phrased("iphone 13", Item(NewsKind.New, 150)), Phrased("thinkpad x1", Item(NewsKind.New, 420)), Phrased("rare clock", Item(NewsKind.New, 80)), Phrased("lens", Item(NewsKind.PriceRise, 9, was: 8))),
        ["A look back at prices"] = Of(NotificationKind.Insight, Mails.Section(Item(NewsKind.PriceDrop, 349, was: 420, days: 14, lowest: true), Item(NewsKind.PriceDrop, 150, was: 155, days: 14))),
        ["A look back at a listing known for a day"] = Of(NotificationKind.Insight, Mails.Section(Item(NewsKind.PriceDrop, 349, was: 420, days: 1, lowest: true))),
        ["An amount in yen"] = Of(NotificationKind.Changes, Mails.Section(Item(NewsKind.PriceDrop, 12_800, was: 15_000, currency: "JPY"))),
        ["Somebody enrolled the address again"] = Of(NotificationKind.ManageLink),
        ["Somebody asked to move the alerts"] = (Mails.Ann, Mails.Notification(NotificationKind.ManageLink) with { MoveTo = "key" }),
        ["The alerts go to another address"] = Of(NotificationKind.AddressChanged),
        ["Another address is to be confirmed"] = Of(NotificationKind.AddressConfirmation),
        ["Everything was deleted"] = Of(NotificationKind.Goodbye),
    };

    /// <summary>ALERTS_UPDATE_DOCS=1 writes the table anew.</summary>
    [Fact]
    public async Task The_table_in_docs_has_the_subject_of_each_situation()
    {
        var file = Path.Combine(RepositoryRoot.FullPath, "docs", "mail-subjects.md");
        var table = "# Subjects of mails\n\nWhat the subject says in each situation, to a reader in Berlin whose language is American English. A test makes this table.\n\n"
            + "| situation | subject |\n|---|---|\n"
            + string.Concat(situations.Select(situation => $"| {situation.Key} | {SubjectOf(situation.Value)} |\n"));

        if (Environment.GetEnvironmentVariable("ALERTS_UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(file, table, TestContext.Current.CancellationToken);
        Assert.Equal(table, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void No_subject_is_longer_than_160_characters_or_two_lines() =>
        Assert.All(situations.Values.Select(SubjectOf), subject =>
        {
            Assert.InRange(subject.Length, 10, 160);
            Assert.DoesNotContain(subject, char.IsControl);
        });

    [Fact]
    public async Task The_mail_has_the_subject_and_shows_the_next_best_behind_it()
    {
        var (settings, notification) = situations["Three drops, the largest first"];

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(settings), notification);

        Assert.Equal("iPhone 13 128 GB Blue: $182, was $260, and 2 more", mail.Subject);
        Assert.Contains("$90.00, iPhone 13 128 GB Blue", mail.HtmlBody, StringComparison.Ordinal);
    }

    static string SubjectOf((UserSettings Settings, Notification Mail) situation) => new MailSubject(
        situation.Mail, situation.Settings, MailFormat.Of("en-US", situation.Settings.TimeZone), TextCatalogue.Of("en-US")).Write();

    static (UserSettings, Notification) Of(NotificationKind kind, params ImmutableArray<NotificationSection> sections) => (Mails.Ann, Mails.Notification(kind, sections));

    static (UserSettings, Notification) Of(NotificationKind kind, SearchSettings search, params ImmutableArray<NotificationSection> sections) =>
        (Mails.Ann with { Searches = [search] }, Mails.Notification(kind, sections));

    static NotificationSection Phrased(string phrase, params IEnumerable<NewsItem> items) =>
        Mails.Section(items) with { SearchId = phrase is "iphone 13" ? "s-00000001" : $"s-{phrase}", Phrase = phrase };

    static NewsItem Auction(int minutes) => Item(NewsKind.New, 61) is var item
        ? item with { Listing = item.Listing with { BuyingOptions = ["AUCTION"], BidCount = 3, EndsAt = Mails.Now.AddMinutes(minutes) } }
        : item;

    static NewsItem Item(
        NewsKind kind, decimal price, decimal? was = null, string currency = "USD", string title = "iPhone 13 128 GB Blue",
        decimal? sellerPrice = null, decimal? sellerWas = null, int? days = null, bool lowest = false)
    {
        var own = sellerPrice is { } asked ? new Money(asked, "GBP") : new Money(price, currency);
        return new NewsItem
        {
            Kind = kind,
            Listing = Mails.Listing(1, title) with { Price = new Money(price, currency), SellerPrice = own },
            PreviousPrice = (sellerWas ?? was) is { } before ? own with { Value = before } : null,
            Trend = days is { } known ? new PriceTrend
            {
                Days = [.. Enumerable.Repeat((decimal?)null, 14 - known), .. Enumerable.Repeat<decimal?>(was, known - 1), price],
                Lowest = own,
                Highest = own with { Value = was!.Value },
                LowestSince = lowest ? Mails.Now.AddDays(-known) : null,
            } : null,
        };
    }
}
