using System.Buffers;

namespace Alerts.Email.Templates;

/// <summary>
/// How many listings a mail can show: Gmail cuts a mail's HTML off at 102 KB, and with it the links to manage and to unsubscribe.
/// The size of a listing follows from its words and links, so the answer is known before anything is rendered. Pure.
/// </summary>
static class MailBudget
{
    /// <summary>The most characters of HTML that all sections together may take; with the frame a mail stays under 100,000 bytes.</summary>
    public const int Characters = 92_000;

    /// <summary>The longest link that is shown; eBay's are far shorter.</summary>
    public const int LongestUrl = 2_000;

    static readonly SearchValues<char> plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ./:?=-_%");

    const int ItemFrame = 432;
    const int ChartFrame = 740;
    const int ChartBar = 110;
    const int SectionFrame = 332;
    const int StopLink = 420;

    /// <summary>
    /// The most listings each section may show, 0 to <see cref="NotificationSection.MaxItems"/>, and how many sections can be shown at all:
    /// with 0 listings a section still has its counts and the link to eBay.
    /// </summary>
    public static (int ItemsPerSection, int Sections) Share(IReadOnlyList<NotificationSection> sections)
    {
        for (var limit = NotificationSection.MaxItems; limit >= 0; limit--)
            if (sections.Sum(section => SizeOf(section, limit)) <= Characters)
                return (limit, sections.Count);

        var shown = 0;
        for (var size = 0; shown < sections.Count && (size += SizeOf(sections[shown], 0)) <= Characters;)
            shown++;
        return (0, shown);
    }

    static int SizeOf(NotificationSection section, int limit)
    {
        var link = UrlSize(EbaySite.SearchUrl(section.Marketplace, section.Phrase, search: null)) + 60;
        var head = SectionFrame + EncodedSize(section.Phrase) + link;
        if (limit == 0)
            return head;
        if (section.Cheapest is { } cheapest)
            head += UrlSize(cheapest.Url) + EncodedSize(cheapest.Title) + 80;
        return head + link + StopLink + section.Items.Take(limit).Sum(SizeOf);
    }

    /// <summary>A listing's page is linked twice and its title said twice.</summary>
    static int SizeOf(NewsItem item) =>
        ItemFrame + (2 * UrlSize(item.Listing.Url)) + UrlSize(item.Listing.ImageUrl ?? "")
        + (2 * EncodedSize(item.Listing.Title)) + EncodedSize(item.Listing.Condition ?? "")
        + (item.Trend is { } trend ? ChartFrame + (ChartBar * trend.Days.Length) : 0);

    static int UrlSize(string url) => url.Length > LongestUrl ? 0 : EncodedSize(url);

    /// <summary>A character takes up to eight when it is encoded (<c>&amp;#x8A9E;</c>), one of a surrogate pair half of nine.</summary>
    static int EncodedSize(string text)
    {
        var size = text.Length;
        var rest = text.AsSpan();
        for (int next; (next = rest.IndexOfAnyExcept(plain)) >= 0; rest = rest[(next + 1)..])
            size += rest[next] is '&' ? 4 : 7;
        return size;
    }
}
