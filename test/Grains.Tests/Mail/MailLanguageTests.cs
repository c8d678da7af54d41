using System.Text;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Texts;
using AngleSharp.Html.Parser;
using MimeKit;

namespace Alerts.Tests.Mail;

/// <summary>Mails in the language of their reader.</summary>
public sealed class MailLanguageTests
{
    public static TheoryData<string> Languages => new(TextCatalogue.Languages.Except(["en"]));

    [Theory, MemberData(nameof(Languages))]
    public async Task Every_kind_of_mail_is_in_the_readers_language_alone(string language)
    {
        foreach (var kind in Enum.GetNames<NotificationKind>())
        {
            using var mail = await ComposeAsync(language, kind);
            using var english = await ComposeAsync("en", kind);

            Assert.Equal(language, new HtmlParser().ParseDocument(mail.HtmlBody!).DocumentElement.GetAttribute("lang"));
            // The lines that are our own words: those that a stranger wrote begin with a star or two spaces, and a search's line is its phrase.
            Assert.Empty(WordsOf(mail).Intersect(WordsOf(english)));
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task No_mail_is_longer_than_what_Gmail_cuts_off_and_no_subject_than_160_characters(string language)
    {
        foreach (var name in SampleMails.Names.Select(name => name.Data).Where(name => !name.Contains('.', StringComparison.Ordinal)))
        {
            using var mail = await ComposeAsync(language, name);

            Assert.InRange(Encoding.UTF8.GetByteCount(mail.HtmlBody!), 1_000, 100_000);
            Assert.InRange(mail.Subject!.Length, 5, 160);
            Assert.DoesNotContain("{", mail.Subject, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("de-DE", "Apple iPhone 13 128GB Unlocked, number 1: 100 US$, vorher 125 US$, und 3 weitere", "Preis 20 % niedriger", "ebay.com · 3 neu, 1 niedrigerer Preis, 124 im Angebot · Stand 23. Nov., 12:59")]
    [InlineData("fr-FR", "Apple iPhone 13 128GB Unlocked, number 1 : 100 US$, avant 125 US$, et 3 autres", "Prix en baisse de 20 %", "ebay.com · 3 nouvelles, 1 baisse de prix, 124 en vente · état du 23 nov., 12:59")]
    [InlineData("pl-PL", "Apple iPhone 13 128GB Unlocked, number 1: 100 US$, wcześniej 125 US$, i jeszcze 3", "Cena niższa o 20%", "ebay.com · 3 nowe, 1 niższa cena, 124 w sprzedaży · stan na 23 lis, 12:59")]
    [InlineData("ja-JP", "Apple iPhone 13 128GB Unlocked, number 1：US$100、前は US$125、ほか 3 件", "20% 値下がり", "ebay.com · 新着 3 件、値下がり 1 件、出品 124 件 · 11月23日, 12:59 現在")]
    public async Task Prices_dates_and_numbers_are_written_as_the_reader_writes_them(string language, string subject, string badge, string summary)
    {
        var news = Mails.Notification(NotificationKind.Changes, Mails.Section(
            Mails.Item(1, NewsKind.PriceDrop, was: 125), Mails.Item(2), Mails.Item(3), Mails.Item(4)));

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann with { Language = language }), news);

        var text = mail.TextBody!.Replace('\u00a0', ' ').Replace('\u202f', ' ').ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(subject, mail.Subject!.Replace('\u00a0', ' ').Replace('\u202f', ' '));
        Assert.Contains(text, line => line.StartsWith($"* [{badge}]", StringComparison.Ordinal));
        Assert.Contains(summary, text);
    }

    [Theory]
    [InlineData(1, "1 nowa, 1 w sprzedaży")]
    [InlineData(3, "3 nowe, 3 w sprzedaży")]
    [InlineData(5, "5 nowych, 5 w sprzedaży")]
    [InlineData(12, "12 nowych, 12 w sprzedaży")]
    public async Task Numbers_take_the_forms_of_Polish(int count, string said)
    {
        var news = Mails.Notification(NotificationKind.Changes, Mails.Section(Enumerable.Range(1, count).Select(number => Mails.Item(number))) with { Total = count });

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann with { Language = "pl-PL" }), news);

        Assert.Contains(said, mail.TextBody, StringComparison.Ordinal);
    }

    static HashSet<string> WordsOf(MimeMessage mail) =>
        [.. mail.TextBody!.ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 0 && line is not "--" && line[0] is not ('*' or ' ')
            && !SampleMails.Bea.Searches.Any(search => search.Phrase == line))];

    static Task<MimeMessage> ComposeAsync(string language, string name)
    {
        var (recipient, notification) = SampleMails.In(language, SampleMails.Of(name));
        return Mails.Composer().ComposeAsync(recipient, notification);
    }
}
