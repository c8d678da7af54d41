using Alerts.Mail;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tests.Insights;
using Alerts.Users.Addresses;

namespace Alerts.Tests.Mail;

/// <summary>One mail of each kind, with everything that listings can have, and the longest of each: what the pictures show and the checkers read.</summary>
static class SampleMails
{
    /// <summary>Bea has two searches, one of them in a marketplace that converts prices, and reads German.</summary>
    public static readonly UserSettings Bea = Mails.Ann with
    {
        Email = "bea@example.org",
        Language = "de-DE",
        Searches =
        [
            new SearchSettings { Id = "s-00000001", Phrase = "iphone 13" },
            new SearchSettings { Id = "s-00000002", Phrase = "Röhrenradio “Saba” <1950>", Marketplace = "EBAY_DE" },
        ],
    };

    const string LongestOf = "Longest";

    public static TheoryData<string> Names { get; } =
        [.. Enum.GetNames<NotificationKind>(), "NothingListed", "Move", "Digest.pl-PL", "FirstResults.ja-JP", "Insight.fr-FR", .. Enum.GetNames<NotificationKind>().Select(name => LongestOf + name)];

    /// <summary>The kind of the mail with a name.</summary>
    public static NotificationKind KindOf(string name) => Of(name).Notification.Kind;

    public static (MailRecipient Recipient, Notification Notification) Of(string name) => name switch
    {
        "NothingListed" => (Mails.To(Mails.Ann), Mails.Notification(NotificationKind.FirstResults, Mails.Section() with { Total = 0 })),
        "Move" => (Mails.To(Mails.Ann), Mails.Notification(NotificationKind.ManageLink) with { MoveTo = EmailAddressKey.Of("ann@example.net") }),
        _ when name.Split('.') is [var kind, var language] => In(language, Of(kind)),
        _ when name.StartsWith(LongestOf, StringComparison.Ordinal) => Longest(Enum.Parse<NotificationKind>(name[LongestOf.Length..])),
        _ => Of(Enum.Parse<NotificationKind>(name)),
    };

    /// <summary>The same mail to somebody who reads another language.</summary>
    public static (MailRecipient Recipient, Notification Notification) In(string language, (MailRecipient Recipient, Notification Notification) mail) =>
        (mail.Recipient with { Settings = mail.Recipient.Settings with { Language = language } }, mail.Notification);

    static (MailRecipient, Notification) Of(NotificationKind kind) => kind switch
    {
        NotificationKind.FirstResults or NotificationKind.EveryCheck =>
            (Mails.To(Mails.Ann), Mails.Notification(kind, Mails.Section(Assorted(NewsKind.Listed)) with { Omitted = 0 })),
        NotificationKind.Changes => (Mails.To(SampleMails.Bea), Mails.Notification(
            kind,
            Mails.Section(Drop(), Mails.Item(2), Mails.Item(3)),
            Mails.Section(Converted()) with { SearchId = "s-00000002", Phrase = Bea.Searches[1].Phrase, Marketplace = "EBAY_DE", Total = 1 })),
        NotificationKind.Digest => (Mails.To(SampleMails.Bea with { Notify = NotifyMode.Digest }), Mails.Notification(
            kind, Mails.Section([Drop(), .. Assorted(NewsKind.New)]) with { Omitted = 14 })),
        NotificationKind.Insight => (Mails.To(Mails.Ann), Fortnight.Mail()),
        _ => (Mails.To(Mails.Ann), Mails.Notification(kind)),
    };

    static NewsItem Drop() => Mails.Item(1, NewsKind.PriceDrop, was: 125) with { };

    static NewsItem Converted() => new()
    {
        Kind = NewsKind.PriceDrop,
        PreviousPrice = new Money(1250, "USD"),
        Listing = Mails.Listing(4, "Saba Freiburg W2 – Röhrenradio, Klangregister “3D” & <Automatic>, 日本 🎵") with
        {
            Price = new Money(1012.34m, "EUR"),
            SellerPrice = new Money(1100, "USD"),
            Shipping = new Money(89.9m, "EUR"),
            BuyingOptions = ["AUCTION", "BEST_OFFER"],
            BidCount = 3,
            EndsAt = Mails.Now.AddHours(26),
        },
    };

    static IEnumerable<NewsItem> Assorted(NewsKind kind) =>
    [
        Mails.Item(10, kind) with { Listing = Mails.Listing(10, "Apple iPhone 13, no picture, no shipping stated", 39.99m) with { ImageUrl = null, Shipping = null, Condition = null } },
        Mails.Item(11, kind) with { Listing = Mails.Listing(11, new string('W', 80), 41) },
        Mails.Item(12, kind) with { Listing = Mails.Listing(12, price: 45) with { Shipping = new Money(12.5m, "USD"), BidCount = 1, BuyingOptions = ["AUCTION"], EndsAt = Mails.Now.AddMinutes(95) } },
        Mails.Item(13, kind) with { Listing = Mails.Listing(13, "آيفون 13 برو، 256 جيجابايت (جديد) - iPhone 13!", 46) },
        .. Enumerable.Range(14, 16).Select(number => Mails.Item(number, kind)),
    ];

    static (MailRecipient, Notification) Longest(NotificationKind kind) => kind switch
    {
        NotificationKind.Insight => Fortnight.Longest() is var (settings, mail) ? (Mails.To(settings), mail) : default,
        NotificationKind.FirstResults or NotificationKind.EveryCheck => Widest(kind),
        NotificationKind.Changes => Heaviest(kind, Mails.Ann),
        NotificationKind.Digest => Heaviest(kind, Mails.Ann with { Notify = NotifyMode.Digest }),
        _ => Heaviest(kind, Mails.Ann with { Email = LongestAddress }) is var (recipient, notice) ? (recipient, notice with { Sections = [] }) : default,
    };

    /// <summary>254 characters (RFC 5321, 4.5.3.1), in labels of at most 63.</summary>
    static string LongestAddress => $"{new string('a', 64)}@{string.Join('.', Enumerable.Repeat(new string('b', 61), 2))}.{new string('c', 57)}.example";

    /// <summary>As many searches as a user can have, each with as many listings as are shown, of the usual size with all details.</summary>
    static (MailRecipient, Notification) Widest(NotificationKind kind)
    {
        var searches = Enumerable.Range(1, 50).Select(number => new SearchSettings { Id = $"s-{number:x8}", Phrase = $"iphone 13 mini 128gb number {number}" }).ToArray();
        var item = Mails.Item(12, NewsKind.Listed) with
        {
            Listing = Mails.Listing(12, "Apple iPhone 13 mini - 128GB - Midnight (Unlocked) A2481 (CDMA + GSM) very good") with
            {
                Shipping = new Money(12.5m, "USD"),
                Condition = "Very Good - Refurbished",
                BidCount = 12,
                BuyingOptions = ["AUCTION", "BEST_OFFER"],
                EndsAt = Mails.Now.AddMinutes(95),
            },
        };
        var sections = searches.Select(search => Mails.Section(Enumerable.Repeat(item, 20)) with { SearchId = search.Id!, Phrase = search.Phrase });
        return (Mails.To(Mails.Ann with { Searches = [.. searches] }), Mails.Notification(kind, [.. sections]));
    }

    /// <summary>The most a user can ask for: 50 searches, each with 20 listings, long links and titles outside ASCII.</summary>
    static (MailRecipient, Notification) Heaviest(NotificationKind kind, UserSettings settings)
    {
        var searches = Enumerable.Range(1, 50)
            .Select(number => new SearchSettings { Id = $"s-{number:x8}", Phrase = $"{new string('語', 97)}{number:00}" })
            .ToArray();
        var item = new NewsItem
        {
            Kind = NewsKind.PriceDrop,
            PreviousPrice = new Money(99_999_999, "USD"),
            Listing = Mails.Listing(1, new string('語', 80)) with
            {
                Url = "https://www.ebay.com/itm/1?" + string.Join('&', Enumerable.Repeat("a=b", 150)),
                SellerPrice = new Money(88_888_888, "USD"),
                Price = new Money(77_777_777, "EUR"),
                Condition = new string('語', 40),
            },
        };
        var sections = searches.Select(search => Mails.Section(Enumerable.Repeat(item, 20)) with { SearchId = search.Id!, Phrase = search.Phrase, Omitted = 3 });
        return (Mails.To(settings with { Searches = [.. searches] }), Mails.Notification(kind, [.. sections]));
    }
}
