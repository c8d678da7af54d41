using System.Buffers;
using Alerts.State;

namespace Alerts.Mail.Templates;

/// <summary>
/// How many listings a mail can show: Gmail cuts a mail's HTML off at 102 KB, and with it the links to manage and to unsubscribe.
/// The size of a listing follows from its words and links, so the answer is known before anything is rendered. Pure.
/// </summary>
static class MailBudget
{
    /// <summary>The most characters of HTML that all sections together may take; with the frame a mail stays under 100,000 bytes.</summary>
    public const int Characters = 92_000;

    static readonly SearchValues<char> plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ./:?=-_%");

    const int ItemFrame = 470;
    const int ChartFrame = 740;
    const int ChartBar = 110;
    const int SectionFrame = 332;
    const int StopLink = 420;

    /// <summary>
    /// The most listings each section may show, 0 to <see cref="NotificationSection.MaxItems"/>, of as many sections as can be shown at all: with 0 a
    /// section still has its counts and the link to eBay. Listings are dealt in rounds, one to each section in turn, while there is room.
    /// </summary>
    public static IReadOnlyList<int> Share(IReadOnlyList<NotificationSection> sections)
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

    /// <summary>The sections with the listings that a mail can show, so that the rest is not taken for named; those without room are left out.</summary>
    public static IReadOnlyList<NotificationSection> Fit(IReadOnlyList<NotificationSection> sections) =>
        [.. Share(sections).Select((limit, at) => sections[at] with { Items = [.. sections[at].Items.Take(limit)] })
            .Where(section => section.IsFirst || !section.Items.IsEmpty || section.PassedOver > 0)];

    static bool Fits(int size, ref int left)
    {
        if (size > left)
            return false;
        left -= size;
        return true;
    }

    static int SizeOfHead(NotificationSection section) => SectionFrame + EncodedSize(section.Phrase) + SizeOfSearch(section);

    /// <summary>What one more listing takes; with the first come the links under the listings.</summary>
    static int SizeOfRound(NotificationSection section, int round) =>
        (round == 0 ? SizeOfLinks(section) : 0) + (round < section.Items.Length ? SizeOf(section.Items[round]) : 0);

    /// <summary>The page of everything, or eBay's for a search that is gone, and the link that stops the search.</summary>
    static int SizeOfLinks(NotificationSection section) =>
        Math.Max(SizeOfSearch(section), StopLink) + StopLink;

    static int SizeOfSearch(NotificationSection section) => UrlSize(EbaySite.SearchUrl(section.Marketplace, section.Phrase, search: null)) + 60;

    /// <summary>A listing's page is linked twice and its title said twice.</summary>
    static int SizeOf(NewsItem item) =>
        ItemFrame + (2 * UrlSize(item.Listing.Url)) + UrlSize(item.Listing.ImageUrl ?? "")
        + (2 * EncodedSize(item.Listing.Title)) + EncodedSize(item.Listing.Condition ?? "")
        + (item.Trend is { } trend ? ChartFrame + (ChartBar * trend.Days.Length) : 0);

    static int UrlSize(string? url) => url?.Length > WebLink.MaxLength ? 0 : EncodedSize(url);

    /// <summary>A character takes up to eight when it is encoded (<c>&amp;#x8A9E;</c>), one of a surrogate pair half of nine.</summary>
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
