using Alerts.State;

namespace Alerts.Tests.Mail;

public class MailComposerTests
{
    [Fact]
    public async Task Three_new_listings_and_a_price_drop_are_said_in_the_subject()
    {
        var news = Mails.Notification(NotificationKind.Changes, Mails.Section(
            Mails.Item(1, NewsKind.PriceDrop, was: 125), Mails.Item(2), Mails.Item(3), Mails.Item(4)));

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann), news);

        Assert.Equal("3 new, 1 price drop: iphone 13", mail.Subject);
        Assert.Contains("Price down 20%", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("was $125.00", mail.TextBody, StringComparison.Ordinal);
    }
}
