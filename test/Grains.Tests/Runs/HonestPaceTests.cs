using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tests.Mail;
using Alerts.Texts;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>Who is looked for less often than chosen reads how often, and why.</summary>
public class HonestPaceTests
{
    static readonly SearchPace slow = new(TimeSpan.FromMinutes(13.2), Searches: 171, CallsPerDay: 5_000);

    static SearchPace? Mailed(int frequencyMinutes, SearchPace? pace)
    {
        var ann = new Checks(Choosing() with { FrequencyMinutes = frequencyMinutes });
        ann.Gets(ann.Found(Listing(1)) with { Pace = pace });
        return Assert.Single(ann.User.Outbox!.Notification.Sections).Pace;
    }

    [Fact]
    public void A_mail_has_the_pace_of_a_search_that_is_asked_less_often_than_its_reader_chose()
    {
        Assert.Equal(slow, Mailed(2, slow));
        Assert.Equal(slow, Mailed(10, slow));
        Assert.Null(Mailed(20, slow));
        Assert.Null(Mailed(2, null));
    }

    [Fact]
    public async Task It_is_said_in_the_readers_language()
    {
        var section = Mails.Section(Mails.Item(1)) with { Pace = slow };
        using var english = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann), Mails.Notification(NotificationKind.Changes, section));
        using var german = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann with { Language = "de-DE" }), Mails.Notification(NotificationKind.Changes, section));

        Assert.Contains("eBay is asked about every 14 minutes: 171 searches share its 5,000 calls a day.", english.TextBody, StringComparison.Ordinal);
        Assert.Contains("171 Suchen teilen sich seine 5.000 Aufrufe am Tag.", german.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_chose_to_be_told_as_seldom_reads_nothing_of_it() =>
        Assert.Null(PaceText.Of(TextCatalogue.Of("en"), slow, TimeSpan.FromMinutes(14)));
}
