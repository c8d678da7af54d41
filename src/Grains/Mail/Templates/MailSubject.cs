using System.Globalization;
using Alerts.News;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Texts;

namespace Alerts.Mail.Templates;

/// <summary>Subject lines: the most important news first, then how many more there are. Pure.</summary>
sealed class MailSubject(Notification mail, UserSettings settings, MailFormat format, TextCatalogue texts)
{
    const int MaxLength = 160;
    const int MaxTitleLength = 70;
    const int MaxNameLength = 40;
    const int MaxPhrases = 2;

    public string Write() => Cut(Words());

    /// <summary>The subject when the listings cannot be shown.</summary>
    public string WriteCounts() => Cut(texts["mail.subject.counts", Counts(mail.Sections, texts), Phrases()]);

    static string Cut(string words) => words.Length <= MaxLength ? words : ShownText.Clean(words, MaxLength - 1);

    /// <summary>The counts of some sections, such as "3 new, 1 price drop".</summary>
    public static string Counts(IEnumerable<NotificationSection> sections, TextCatalogue texts)
    {
        int fresh = 0, drops = 0, rises = 0, omitted = 0;
        foreach (var section in sections)
        {
            omitted += section.Omitted;
            drops += section.Items.Count(item => item.Kind is NewsKind.PriceDrop);
            rises += section.Items.Count(item => item.Kind is NewsKind.PriceRise);
            fresh += section.Items.Count(item => item.Kind is not (NewsKind.PriceDrop or NewsKind.PriceRise));
        }

        var parts = new List<string>(4);
        if (fresh > 0)
            parts.Add(texts.Count("mail.count.new", fresh));
        if (drops > 0)
            parts.Add(texts.Count("mail.count.drops", drops));
        if (rises > 0)
            parts.Add(texts.Count("mail.count.rises", rises));
        if (omitted > 0)
            parts.Add(texts.Count("mail.count.more", omitted));
        return parts.Count == 0 ? texts["mail.count.none"] : string.Join(texts["list.separator"], parts);
    }

    /// <summary>Some phrases as a list, and how many more.</summary>
    public static string Phrases(IReadOnlyList<string> phrases, int max, TextCatalogue texts)
    {
        var named = string.Join(texts["list.separator"], phrases.Take(max));
        return phrases.Count > max ? texts.Count("list.more", phrases.Count - max, named) : named;
    }

    string Words() => mail.Kind switch
    {
        _ when !mail.Sections.IsEmpty && mail.Sections.All(section => section.IsTooLarge) => texts["mail.subject.too.large", Phrases()],
        NotificationKind.Confirmation => texts["mail.subject.confirm"],
        NotificationKind.FirstResults => texts["mail.subject.first", Listed(), Phrases()],
        NotificationKind.EveryCheck => LowestPrice() is { } price
            ? texts["mail.subject.list.from", Listed(), price, Phrases()]
            : texts["mail.subject.list", Listed(), Phrases()],
        NotificationKind.Digest => texts["mail.subject.digest", Counts(mail.Sections, texts), Phrases()],
        NotificationKind.ManageLink when mail.MoveTo is not null => texts["mail.move.subject"],
        NotificationKind.ManageLink when mail.Channel is { } channel => texts["channel.mail.subject", channel.Name],
        NotificationKind.ManageLink => texts["mail.subject.manage"],
        NotificationKind.AddressChanged => texts["mail.subject.changed"],
        NotificationKind.AddressConfirmation => texts["mail.subject.address"],
        NotificationKind.Goodbye => texts["mail.subject.goodbye"],
        _ => News(),
    };

    string News()
    {
        var items = mail.Sections.SelectMany(section => section.Items.Select(item => (section, item))).ToList();
        if (items.Count == 0)
            return texts["mail.subject.counts", Counts(mail.Sections, texts), Phrases()];
        var others = items.Count - 1 + mail.Sections.Sum(section => section.Omitted);
        var (leading, lead) = items.MinBy(pair => MailRank.Of(pair.item, SearchOf(pair.section), mail.CreatedAt));
        var isPlain = items.TrueForAll(pair => MailRank.KindOf(pair.item, SearchOf(pair.section), mail.CreatedAt) is MailRank.New);
        if (isPlain && others > 0 && LowestPrice() is { } price)
            return texts.Count("mail.subject.news.from", others + 1, price, Phrases());
        var words = Lead(lead, SearchOf(leading));
        return others == 0 ? words : texts.Count("mail.subject.and.more", others, words);
    }

    string Lead(NewsItem item, SearchSettings? search)
    {
        var title = ShownText.Isolate(ShownText.Clean(item.Listing.Title, MaxTitleLength));
        var price = format.ShortAmount(item.Listing.Price);
        return MailRank.KindOf(item, search, mail.CreatedAt) switch
        {
            MailRank.Target => texts["mail.subject.target", title, price],
            MailRank.Lowest => texts["mail.subject.lowest", title, price, format.Day(item.Trend!.LowestSince!.Value)],
            MailRank.Ends => EndingAuction.MinutesLeft(item.Listing, mail.CreatedAt) is { } minutes
                ? texts.Count("mail.subject.ends", minutes, title, price)
                : texts["mail.subject.ends.at", format.Moment(item.Listing.EndsAt!.Value), title, price],
            MailRank.New => texts["mail.subject.new", title, price],
            // The previous price is in the seller's currency, so it is not compared with a converted price.
            _ when item.PreviousPrice is { } was && was.Currency == item.Listing.SellerPrice.Currency =>
                texts["mail.subject.change", title, format.ShortAmount(item.Listing.SellerPrice), format.ShortAmount(was)],
            _ => texts["mail.subject.now", title, price],
        };
    }

    string Listed() => mail.Sections.Sum(section => section.Total - section.CountedBefore) is > 0 and var total
        ? texts.Count("mail.count.listings", total)
        : texts["mail.nothing.yet"];

    /// <summary>The lowest price of a mail about one search whose listings have one currency.</summary>
    string? LowestPrice()
    {
        if (mail.Sections is not [{ Items: [var first, ..] items }]
            || items.Any(item => item.Listing.Price.Currency != first.Listing.Price.Currency))
            return null;
        return mail.Kind is NotificationKind.EveryCheck
            ? format.Amount(items.MinBy(item => item.Listing.Price.Value)!.Listing.Price)
            : format.ShortAmount(items.MinBy(item => item.Listing.Price.Value)!.Listing.Price);
    }

    string Phrases() => Phrases(
        [.. mail.Sections.Select(section => ShownText.Isolate(ShownText.Clean(NameOf(section), MaxNameLength))).Distinct()], MaxPhrases,
            texts);

    string NameOf(NotificationSection section) =>
        SearchOf(section) is { } search ? SearchWords.NameOf(search, settings.Searches, texts, format) : section.Phrase;

    SearchSettings? SearchOf(NotificationSection section) => settings.Searches.FirstOrDefault(search => search.Id == section.SearchId);
}
