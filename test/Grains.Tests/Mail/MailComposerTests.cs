using Alerts.Configuration;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Tests.Mail;

public class MailComposerTests
{
    [Fact]
    public async Task A_price_drop_before_three_new_listings_is_said_in_the_subject()
    {
        var news = Mails.Notification(NotificationKind.Changes, Mails.Section(
            Mails.Item(1, NewsKind.PriceDrop, was: 125), Mails.Item(2), Mails.Item(3), Mails.Item(4)));

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann), news);

        Assert.Equal("Apple iPhone 13 128GB Unlocked, number 1: $100, was $125, and 3 more", mail.Subject);
        Assert.Contains("Price down 20%", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("was $125.00", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_to_an_address_that_nobody_confirmed_says_nothing_of_what_its_sender_wrote()
    {
        var settings = Mails.Ann with { Searches = [Mails.Ann.Searches[0] with { Phrase = "URGENT verify your account at https://evil.example" }] };

        foreach (var kind in (NotificationKind[])[NotificationKind.Confirmation, NotificationKind.AddressConfirmation])
        {
            using var mail = await Mails.Composer().ComposeAsync(Mails.To(settings), Mails.Notification(kind));

            Assert.All([mail.Subject, mail.TextBody, mail.HtmlBody], text => Assert.DoesNotContain("evil", text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("ar-SA", 2099)]
    [InlineData("ar-SA", 9999)]
    [InlineData("fa-IR", 1)]
    [InlineData("th-TH", 9999)]
    [InlineData("he-IL", 2500)]
    [InlineData("en-US", 1)]
    public async Task A_moment_outside_the_readers_calendar_stops_no_mail(string language, int year)
    {
        var end = year is 9999 ? DateTimeOffset.MaxValue : new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var listing = Mails.Listing(1) with { EndsAt = end };
        var news = Mails.Notification(NotificationKind.Changes, Mails.Section(Mails.Item(1) with { Listing = listing }, Mails.Item(2)));

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann with { Language = language, TimeZone = "Asia/Riyadh" }), news);

        Assert.Contains("number 1", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("number 2", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_that_cannot_be_shown_in_full_stops_no_mail()
    {
        var damaged = Mails.Listing(1) with { Price = new Money(1, null!) };
        var news = Mails.Notification(NotificationKind.Changes, Mails.Section(new NewsItem { Kind = NewsKind.New, Listing = damaged }, Mails.Item(2)));

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann), news);

        Assert.Contains("number 1", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("number 2", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_lies_under_a_public_address_with_a_path()
    {
        foreach (var kind in Enum.GetValues<NotificationKind>())
        {
            var (recipient, notification) = SampleMails.Of(kind.ToString());
            using var mail = await Mails.Composer(publicUrl: "https://example.org/alerts/").ComposeAsync(recipient, notification);

            var links = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.HtmlBody!).QuerySelectorAll("a").Select(link => link.GetAttribute("href")!)
                .Append(mail.Headers["List-Unsubscribe"]?.Trim('<', '>', ' ') ?? "https://www.ebay.com/");
            Assert.All(links.Where(link => !link.Contains("ebay.", StringComparison.Ordinal)), link => Assert.StartsWith("https://example.org/alerts/", link, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_foot_names_the_operator_where_one_is_set()
    {
        var owner = new OperatorOptions { Name = "Alerts & Co", Address = "1 Main Street, Springfield", PrivacyUrl = "https://example.org/privacy" };

        using var mail = await Mails.Composer(owner: owner).ComposeAsync(Mails.To(Mails.Ann), Mails.Listed(1));

        Assert.Contains("Alerts & Co\n1 Main Street, Springfield", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var foot = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.HtmlBody!).QuerySelector("[role=contentinfo]")!;
        Assert.Contains("Alerts & Co", foot.TextContent, StringComparison.Ordinal);
        Assert.Equal("https://example.org/privacy", foot.QuerySelectorAll("a")[^1].GetAttribute("href"));
    }

    [Theory]
    [InlineData(1, false, "known for 1 day")]
    [InlineData(2, false, "known for 2 days")]
    [InlineData(3, true, "3 days")]
    public async Task A_look_back_says_the_days_it_has_and_draws_three_or_more(int days, bool isDrawn, string said)
    {
        var trend = new PriceTrend
        {
            Days = [.. Enumerable.Repeat((decimal?)null, 14 - days), .. Enumerable.Repeat<decimal?>(100, days)],
            Lowest = new Money(100, "USD"),
            Highest = new Money(125, "USD"),
            LowestSince = Mails.Now.AddMinutes(-16),
        };
        var news = Mails.Notification(NotificationKind.Insight, Mails.Section(Mails.Item(1, NewsKind.PriceDrop, was: 125) with { Trend = trend }));

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann), news);

        Assert.Equal(isDrawn, mail.HtmlBody!.Contains("class=\"chart\"", StringComparison.Ordinal));
        Assert.Equal(isDrawn, mail.TextBody!.Contains("owest s", StringComparison.Ordinal));
        Assert.Contains(said, mail.TextBody, StringComparison.Ordinal);
    }
}
