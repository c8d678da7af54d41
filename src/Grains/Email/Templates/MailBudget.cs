namespace Alerts.Email.Templates;

/// <summary>
/// How many listings a mail can show: Gmail cuts a mail's HTML off at 102 KB, and with it the links to manage and to unsubscribe.
/// The size of a listing follows from its words and links, so the answer is known before anything is rendered. Pure.
/// </summary>
static class MailBudget
{
    /// <summary>The most characters of HTML that all listings and section heads may take; with the frame a mail stays under 100,000 bytes.</summary>
    public const int Characters = 88_000;

    const int ItemFrame = 900;
    const int SectionFrame = 1_900;

    /// <summary>The longest link and title that are shown; eBay's are far shorter.</summary>
    public const int LongestUrl = 2_000;

    /// <summary>The most listings a section may show, at least one, and how many sections can be shown at all.</summary>
    public static (int ItemsPerSection, int Sections) Share(IReadOnlyList<NotificationSection> sections)
    {
        for (var limit = NotificationSection.MaxItems; limit >= 1; limit--)
            if (sections.Sum(section => SizeOf(section, limit)) <= Characters)
                return (limit, sections.Count);

        var shown = 0;
        for (var size = 0; shown < sections.Count && (size += SizeOf(sections[shown], 1)) <= Characters;)
            shown++;
        return (1, Math.Max(1, shown));
    }

    static int SizeOf(NotificationSection section, int limit) =>
        SectionFrame + (6 * section.Phrase.Length) + section.Items.Take(limit).Sum(item => SizeOf(item.Listing));

    /// <summary>The link is there twice and the title three times; a character outside ASCII takes up to eight when encoded.</summary>
    static int SizeOf(Listing listing) =>
        ItemFrame + (2 * UrlSize(listing.Url)) + UrlSize(listing.ImageUrl ?? "") + (2 * EncodedSize(listing.Title));

    static int UrlSize(string url) => url.Length > LongestUrl ? 0 : url.Length + (4 * url.Count('&'));

    static int EncodedSize(string text)
    {
        var size = 0;
        foreach (var character in text)
            size += char.IsAsciiLetterOrDigit(character) || character == ' ' ? 1 : 8;
        return size;
    }
}
