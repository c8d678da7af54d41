using System.Buffers;
using System.Collections.Concurrent;
using Alerts.News;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Texts;

namespace Alerts.Mail.Templates;

/// <summary>
/// How many listings a mail can show. Gmail cuts a mail's HTML at 102 KB, and would cut off the links to manage and unsubscribe. A
/// listing's size follows from its words and links, so the answer is known before rendering. Pure.
/// </summary>
sealed class MailBudget
{
    /// <summary>Characters of HTML for all sections together; with the frame a mail stays under 100,000 bytes.</summary>
    public const int Characters = 92_000;

    static readonly SearchValues<char> plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ./:?=-_%");

    const int ItemFrame = 470;
    const int ChartFrame = 740;
    const int ChartBar = 110;
    const int SectionFrame = 332;
    const int NoteFrame = 80;
    const int StopLink = 420;

    static readonly ConcurrentDictionary<string, MailBudget> known = new(StringComparer.OrdinalIgnoreCase);
    const int MaxKnown = 200;
    const string English = "en-US";
    const int AmountsOfListing = 4;

    static readonly Money largeAmount = new(12_345_678.9m, "PLN");

    readonly int itemFrame, chartFrame, sectionFrame, linksFrame, scopeSize, paceSize, tooLargeSize;

    // The frames are measured in English; the extra length of another language is added.
    MailBudget(string language)
    {
        var (texts, english) = (TextCatalogue.Of(language), TextCatalogue.Of(English));
        var (format, englishFormat) = (MailFormat.Of(language, "UTC"), MailFormat.Of(English, "UTC"));
        var amounts = AmountsOfListing * More(format.Amount(largeAmount), englishFormat.Amount(largeAmount));
        var moment = More(format.Moment(DateTimeOffset.UnixEpoch), englishFormat.Moment(DateTimeOffset.UnixEpoch));
        itemFrame = ItemFrame + amounts + moment + More(ItemWords(texts), ItemWords(english));
        chartFrame = ChartFrame + amounts + moment + (2 * More(ChartWords(texts), ChartWords(english)));
        sectionFrame = SectionFrame + moment + More(SectionWords(texts), SectionWords(english));
        scopeSize = NoteFrame + EncodedSize(texts["scope.everything", 1_000_000, 100]) + EncodedSize(texts["scope.missed", ""]);
        paceSize = NoteFrame + EncodedSize(texts["pace.shared", texts.Count("state.minutes", 1_000), 1_000_000, 1_000_000]);
        tooLargeSize = EncodedSize(texts["state.too.large"]) + EncodedSize(texts["mail.too.large.edit"]) + StopLink;
        linksFrame = More(LinkWords(texts), LinkWords(english));

        static int More(string words, string englishWords) => Math.Max(0, EncodedSize(words) - EncodedSize(englishWords));
    }

    /// <summary>The budget of mails in a language.</summary>
    public static MailBudget Of(string language)
    {
        if (known.TryGetValue(language, out var budget))
            return budget;
        budget = new MailBudget(language);
        if (known.Count < MaxKnown)
            known.TryAdd(language, budget);
        return budget;
    }

    /// <summary>
    /// How many listings each section may show, 0 to <see cref="NotificationSection.MaxItems"/>, for as many sections as fit. With 0 a
    /// section still has its counts and the link to eBay. Each round gives one listing to each section, while there is room.
    /// </summary>
    public IReadOnlyList<int> Share(IReadOnlyList<NotificationSection> sections)
    {
        var left = Characters;
        var shown = 0;
        while (shown < sections.Count && Fits(SizeOfHead(sections[shown]), ref left))
            shown++;

        var limits = new int[shown];
        for (var round = 0; round < NotificationSection.MaxItems; round++)
            for (var index = 0; index < shown; index++)
                if (limits[index] == round && Fits(SizeOfRound(sections[index], round), ref left))
                    limits[index]++;
        return limits;
    }

    /// <summary>
    /// The sections with only those listings that a mail can show, so that the rest does not count as named. Sections without room are left
    /// out.
    /// </summary>
    public IReadOnlyList<NotificationSection> Fit(IReadOnlyList<NotificationSection> sections)
    {
        List<NotificationSection> inChoice = [.. sections.Select(section =>
            section with { Items = [.. NewsChoice.InChoice(section.Items)] })];
        return [.. Share(inChoice)
            .Select((limit, at) => sections[at] with { Items = [.. NewsChoice.Of([.. inChoice[at].Items.Take(limit)])] })
            .Where(section => section.IsSaid)];
    }

    static string ItemWords(TextCatalogue texts) => string.Concat(
        texts["mail.badge.lowest", ""], texts["mail.price.asks.was", "", ""], texts["mail.shipping.unknown"],
        texts.Count("mail.auction.bids", 100), texts["mail.best.offer"], texts["listing.ends", ""]);

    static string ChartWords(TextCatalogue texts) => texts.Count("mail.trend.lowest", 14, "", "", "") + texts["mail.prices"];

    static string SectionWords(TextCatalogue texts) => string.Concat(
        texts["mail.summary.news", "", "", "", ""], texts.Count("mail.count.new", 20), texts.Count("mail.count.drops", 20),
        texts.Count("mail.count.rises", 20), texts.Count("mail.count.more", 20), texts.Count("mail.count.listed", 1_000));

    static string LinkWords(TextCatalogue texts) => texts.Count("mail.more", 1_000) + texts["manage.stop"];

    static bool Fits(int size, ref int left)
    {
        if (size > left)
            return false;
        left -= size;
        return true;
    }

    int SizeOfHead(NotificationSection section) =>
        sectionFrame + EncodedSize(section.Phrase) + SizeOfSearch(section) + (section.Scope is null ? 0 : scopeSize)
        + (section.Pace is null ? 0 : paceSize) + (section.IsTooLarge ? tooLargeSize : 0);

    /// <summary>The size of one more listing; the first one also brings the links below the listings.</summary>
    int SizeOfRound(NotificationSection section, int round) =>
        (round == 0 ? SizeOfLinks(section) : 0) + (round < section.Items.Length ? SizeOf(section.Items[round]) : 0);

    /// <summary>The page of all results (for a deleted search eBay's page), and the link that stops the search.</summary>
    int SizeOfLinks(NotificationSection section) =>
        linksFrame + Math.Max(SizeOfSearch(section), StopLink) + StopLink;

    static int SizeOfSearch(NotificationSection section) =>
        UrlSize(EbaySite.SearchUrl(section.Marketplace, section.Phrase, search: null)) + 60;

    /// <summary>A listing links its page twice and repeats its title.</summary>
    int SizeOf(NewsItem item) =>
        itemFrame + (2 * UrlSize(item.Listing.Url)) + UrlSize(item.Listing.ImageUrl ?? "")
        + (2 * EncodedSize(item.Listing.Title)) + EncodedSize(item.Listing.Condition ?? "")
        + (item.Trend is { } trend ? chartFrame + (ChartBar * trend.Days.Length) : 0);

    static int UrlSize(string? url) => url?.Length > WebLink.MaxLength ? 0 : EncodedSize(url);

    /// <summary>
    /// An encoded character takes up to eight characters (<c>&amp;#x8A9E;</c>), each half of a surrogate pair half of nine.
    /// </summary>
    static int EncodedSize(string? text)
    {
        if (text is null)
            return 0;
        var size = text.Length;
        var rest = text.AsSpan();
        for (int next; (next = rest.IndexOfAnyExcept(plain)) >= 0; rest = rest[(next + 1)..])
            size += rest[next] is '&' ? 4 : 7;
        return size;
    }
}
