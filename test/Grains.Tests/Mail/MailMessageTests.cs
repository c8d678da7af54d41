using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Alerts.Mail.Compose;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tokens;
using AngleSharp.Html.Parser;
using MimeKit;

namespace Alerts.Tests.Mail;

/// <summary>What every mail has in its head and body, whatever its kind.</summary>
public sealed class MailMessageTests
{
    public static TheoryData<string> Names => SampleMails.Names;

    [Theory, MemberData(nameof(Names))]
    public async Task Every_mail_has_the_headers_of_an_automatic_mail_and_its_own_name(string name)
    {
        using var mail = await ComposeAsync(name);

        Assert.Equal($"{Mails.AnnId}.1@example.org", mail.MessageId);
        var notification = SampleMails.Of(name).Notification;
        Assert.Equal([notification is { IsAlert: true, Sections.Length: 1 } ? $"{Mails.AnnId}.s-00000001@example.org" : $"{Mails.AnnId}@example.org"], mail.References);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("Product alerts <alerts.example.org>", mail.Headers["List-Id"]);
        Assert.Equal(Mails.Now, mail.Date);
        Assert.Equal(new Version(1, 0), mail.MimeVersion);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task What_can_be_unsubscribed_from_has_one_click_in_its_head_and_a_link_in_both_bodies(string name)
    {
        using var mail = await ComposeAsync(name);

        var isAlert = SampleMails.KindOf(name) is not (NotificationKind.Confirmation or NotificationKind.ManageLink or NotificationKind.AddressChanged
            or NotificationKind.AddressConfirmation or NotificationKind.Goodbye);
        Assert.Equal(isAlert ? "List-Unsubscribe=One-Click" : null, mail.Headers["List-Unsubscribe-Post"]);
        Assert.Equal(isAlert, mail.Headers.Contains(HeaderId.ListUnsubscribe));
        if (!isAlert)
            return;
        var link = mail.Headers["List-Unsubscribe"]!.Trim('<', '>', ' ');
        Assert.StartsWith("https://alerts.example.org/unsubscribe/", link, StringComparison.Ordinal);
        Assert.Contains(link, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(link, new HtmlParser().ParseDocument(mail.HtmlBody!).QuerySelectorAll("a").Select(anchor => anchor.GetAttribute("href")));
    }

    [Theory]
    [InlineData("Changes", null)]
    [InlineData("Insight", LinkToken.Insights)]
    public async Task One_click_stops_the_alerts_or_only_the_looks_back_as_the_mail_is(string name, string? stopped)
    {
        using var mail = await ComposeAsync(name);
        var token = mail.Headers["List-Unsubscribe"]!.Trim('<', '>', ' ').Split('/')[^1];

        var read = await Mails.Tokens().ReadAsync(token, LinkPurpose.Unsubscribe);

        Assert.Equal((Mails.AnnId, stopped), (read!.UserId, read.SearchId));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task HTML_and_text_say_the_same_of_every_listing(string name)
    {
        using var mail = await ComposeAsync(name);

        var page = new HtmlParser().ParseDocument(mail.HtmlBody!);
        foreach (var row in page.QuerySelectorAll("td.picture").Select(cell => cell.ParentElement!))
        {
            var link = row.QuerySelector("td.picture + td a")!;
            Assert.Contains(link.TextContent, mail.TextBody, StringComparison.Ordinal);
            Assert.Contains(link.GetAttribute("href")!, mail.TextBody, StringComparison.Ordinal);
            Assert.Contains(row.QuerySelector("b")!.TextContent, mail.TextBody, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Every_mail_is_the_same_over_every_connection_in_seven_bits_and_lines_that_SMTP_takes(string name)
    {
        using var mail = await ComposeAsync(name);
        var before = Bytes(mail);

        foreach (var constraint in Enum.GetValues<EncodingConstraint>())
            mail.Prepare(constraint);

        Assert.Equal(before, Bytes(mail));
        Assert.True(Ascii.IsValid(before));
        Assert.All(Encoding.ASCII.GetString(before).Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    static byte[] Bytes(MimeMessage mail)
    {
        using var bytes = new MemoryStream();
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        mail.WriteTo(options, bytes);
        return bytes.ToArray();
    }

    [Fact]
    public async Task A_phrase_or_title_cannot_become_a_header_or_markup()
    {
        const string nasty = "x\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>\u202Egnp.exe";
        var settings = Mails.Ann with { Searches = [Mails.Ann.Searches[0] with { Phrase = nasty }] };
        var section = Mails.Section(Mails.Item(1) with { Listing = Mails.Listing(1, nasty) with { Url = "javascript:alert(1)", ImageUrl = "data:text/html,x" } }) with { Phrase = nasty };

        using var composed = await Mails.Composer().ComposeAsync(Mails.To(settings), Mails.Notification(NotificationKind.Changes, section));
        using var raw = new MemoryStream();
        await composed.WriteToAsync(raw, TestContext.Current.CancellationToken);
        raw.Position = 0;
        using var mail = await MimeMessage.LoadAsync(raw, TestContext.Current.CancellationToken);

        Assert.Empty(mail.Bcc);
        // An override would turn round all that follows it, prices too.
        Assert.All([mail.Subject, mail.TextBody, mail.HtmlBody], text => Assert.DoesNotContain("\u202E", text, StringComparison.Ordinal));
        var page = new HtmlParser().ParseDocument(mail.HtmlBody!);
        Assert.Empty(page.Scripts);
        Assert.All(page.QuerySelectorAll("a").Select(anchor => anchor.GetAttribute("href")!), link => Assert.StartsWith("https://", link, StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("img"));
    }

    [Theory]
    [InlineData("LongestFirstResults")]
    [InlineData("LongestEveryCheck")]
    [InlineData("LongestChanges")]
    [InlineData("LongestDigest")]
    [InlineData("LongestInsight")]
    public async Task The_longest_mail_stays_under_what_Gmail_cuts_off(string name)
    {
        using var mail = await ComposeAsync(name);

        Assert.InRange(Encoding.UTF8.GetByteCount(mail.HtmlBody!), 50_000, 100_000);
        Assert.Contains("Unsubscribe", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_searches_share_the_room_of_a_mail_so_that_most_show_a_listing()
    {
        using var mail = await ComposeAsync("LongestFirstResults");

        var page = new HtmlParser().ParseDocument(mail.HtmlBody!);
        Assert.Equal(50, page.QuerySelectorAll("h2").Length);
        Assert.InRange(page.QuerySelectorAll("td.picture").Length, 35, 60);
        // Those that show none lead to eBay, and what they have waits for the next mail; the others lead to our own page of everything.
        var text = mail.TextBody!.ReplaceLineEndings("\n");
        var toEbay = page.QuerySelectorAll("h2 a").Count(search => text.Contains($"{search.GetAttribute("href")}\n", StringComparison.Ordinal));
        Assert.Equal(50, toEbay + Regex.Count(text, @"and [\d,]+ more: \S+/manage/\S+/searches/s-"));
    }

    [Theory]
    [InlineData("en-US", "America/New_York", "$1,234.50", "7:00")]
    [InlineData("de-DE", "Europe/Berlin", "1.234,50 US$", "13:00")]
    [InlineData("ja-JP", "Asia/Tokyo", "US$1,234.50", "21:00")]
    [InlineData("no-such-language", "No/Such_Zone", "$1,234.50", "12:00")]
    public async Task Amounts_and_times_are_in_the_readers_culture_and_zone(string language, string zone, string price, string time)
    {
        var section = Mails.Section(Mails.Item(1) with { Listing = Mails.Listing(1, price: 1234.5m) }) with { FetchedAt = Mails.Now };

        using var mail = await Mails.Composer().ComposeAsync(
            Mails.To(Mails.Ann with { Language = language, TimeZone = zone }), Mails.Notification(NotificationKind.Changes, section));

        Assert.Contains(price, mail.TextBody!.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains(time, mail.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Confirmation", "Please confirm your product alerts")]
    [InlineData("FirstResults", "Your alerts are on: 124 listings for iphone 13")]
    [InlineData("NothingListed", "Your alerts are on: nothing listed yet for iphone 13")]
    [InlineData("EveryCheck", "124 listings from $39.99: iphone 13")]
    [InlineData("Changes", "Apple iPhone 13 128GB Unlocked, number 1: 100\u00A0US$, vorher 125\u00A0US$, und 3 weitere")]
    [InlineData("AddressConfirmation", "Please confirm this address for product alerts")]
    [InlineData("Goodbye", "Your product alerts have been deleted")]
    public async Task The_subject_says_what_happened(string name, string subject)
    {
        using var mail = await ComposeAsync(name);

        Assert.Equal(subject.Replace('\u00A0', ' '), mail.Subject!.Replace('\u00A0', ' '));
    }

    [Fact]
    public async Task Nothing_holds_on_to_a_mail_that_was_sent()
    {
        var composer = Mails.Composer();
        var sent = await ComposeAndForgetAsync(composer);
        GC.Collect();
        Assert.False(sent.TryGetTarget(out _));
        GC.KeepAlive(composer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<WeakReference<MimeMessage>> ComposeAndForgetAsync(MailComposer composer)
    {
        using var mail = await composer.ComposeAsync(Mails.To(Mails.Ann), Mails.Listed(1));
        return new WeakReference<MimeMessage>(mail);
    }

    static async Task<MimeMessage> ComposeAsync(string name)
    {
        var (recipient, notification) = SampleMails.Of(name);
        return await Mails.Composer().ComposeAsync(recipient, notification);
    }
}
