using System.Buffers;
using System.Globalization;
using System.Text;
using Alerts.State;

namespace Alerts.Mail.Templates;

/// <summary>Subject lines that say what happened. Pure.</summary>
static class MailSubject
{
    const int LongestSubject = 160;

    /// <summary>Every character that <see cref="Clean"/> takes out, so that the many texts without one are looked at only.</summary>
    static readonly SearchValues<char> unwanted = SearchValues.Create(
        [.. Enumerable.Range(0, 0xFFFF).Select(code => (char)code).Where(character => char.IsControl(character) || character is '\u2028' or '\u2029' || IsDirectionChange(character))]);

    const int PhrasesNamed = 2;

    /// <summary>The subject of a mail.</summary>
    public static string Of(Notification mail, MailFormat format) => Clean(mail.Kind switch
    {
        NotificationKind.Confirmation => "Please confirm your product alerts",
        NotificationKind.FirstResults => $"Your alerts are on: {Listed(mail, format)} for {Phrases(mail)}",
        NotificationKind.EveryCheck => $"{Listed(mail, format)}{From(mail, format)}: {Phrases(mail)}",
        NotificationKind.Digest => $"Your daily digest: {Counts(mail, format)}: {Phrases(mail)}",
        NotificationKind.Insight => $"{Counts(mail, format)} in the last days: {Phrases(mail)}",
        NotificationKind.ManageLink => "Your link to manage your product alerts",
        NotificationKind.AddressChanged => "Your product alerts go to another address now",
        NotificationKind.AddressConfirmation => "Please confirm this address for product alerts",
        NotificationKind.Goodbye => "Your product alerts have been deleted",
        _ => $"{Counts(mail, format)}: {Phrases(mail)}",
    });

    /// <summary>"3 new, 1 price drop" over all sections or of one.</summary>
    public static string Counts(IEnumerable<NotificationSection> sections, MailFormat format)
    {
        int fresh = 0, drops = 0, rises = 0, omitted = 0;
        foreach (var section in sections)
        {
            omitted += section.Omitted;
            foreach (var item in section.Items)
            {
                if (item.Kind is NewsKind.PriceDrop)
                    drops++;
                else if (item.Kind is NewsKind.PriceRise)
                    rises++;
                else
                    fresh++;
            }
        }

        var parts = new List<string>(4);
        if (fresh > 0)
            parts.Add($"{format.Number(fresh)} new");
        if (drops > 0)
            parts.Add(drops == 1 ? "1 price drop" : $"{format.Number(drops)} price drops");
        if (rises > 0)
            parts.Add(rises == 1 ? "1 price rise" : $"{format.Number(rises)} price rises");
        if (omitted > 0)
            parts.Add($"{format.Number(omitted)} more");
        return parts.Count == 0 ? "no news" : string.Join(", ", parts);
    }

    /// <summary>Without line breaks, control and direction-changing characters, and not too long for a list of mails.</summary>
    public static string Clean(string text)
    {
        if (text.Length <= LongestSubject && !text.AsSpan().ContainsAny(unwanted))
            return text;
        var clean = new StringBuilder(Math.Min(text.Length, LongestSubject));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= LongestSubject)
                return clean.Append('…').ToString();
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                clean.Append(' ');
            else if (!IsDirectionChange(rune.Value))
                clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    static string Counts(Notification mail, MailFormat format) => Counts(mail.Sections, format);

    static string Listed(Notification mail, MailFormat format)
    {
        var total = mail.Sections.Sum(section => section.Total);
        return total switch { 0 => "nothing listed yet", 1 => "1 listing", _ => $"{format.Number(total)} listings" };
    }

    /// <summary>The lowest price of a mail about one search.</summary>
    static string From(Notification mail, MailFormat format) =>
        mail.Sections is [{ Items: [_, ..] items }] ? $" from {format.Amount(items.MinBy(item => item.Listing.Price.Value)!.Listing.Price)}" : "";

    static string Phrases(Notification mail)
    {
        var named = string.Join(", ", mail.Sections.Take(PhrasesNamed).Select(section => section.Phrase));
        var others = mail.Sections.Length - PhrasesNamed;
        return others > 0 ? $"{named} and {others} more" : named;
    }

    /// <summary>The explicit embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9), which could make a subject read as another.</summary>
    static bool IsDirectionChange(int character) => character is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
