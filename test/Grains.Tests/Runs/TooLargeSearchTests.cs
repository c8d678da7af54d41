using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tests.Mail;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>A search that more listings match than eBay can sort rests, says so by one mail, and is tried again once a day.</summary>
public class TooLargeSearchTests
{
    static readonly SearchAnswer tooLarge = new() { IsTooLarge = true, Failure = "More listings match than eBay can sort: narrow the search." };

    static bool IsAsked(Checks ann) => RunPlan.WhileTooLarge(ann.User, ann.Search, SearchQuery.KeyOf(ann.Search, "en"), ann.Now) is null;

    static NotificationSection[] MailOf(Checks ann) => [.. ann.User.Outbox?.Notification.Sections ?? []];

    [Fact]
    public void It_is_said_once_and_the_search_is_not_asked_until_a_day_is_over()
    {
        var ann = new Checks();
        ann.Gets(tooLarge);
        Assert.True(Assert.Single(MailOf(ann)).IsTooLarge);
        Assert.Equal("More listings match than eBay can sort: narrow the search.", ann.User.Searches[0].LastFailure);
        Assert.False(IsAsked(ann));
        ann.Send();

        ann.Gets(RunPlan.WhileTooLarge(ann.User, ann.Search, SearchQuery.KeyOf(ann.Search, "en"), ann.Now)!);
        Assert.Empty(MailOf(ann));
        Assert.Null(ann.User.WaitingSince);
        ann.Now = Noon.AddDays(1);
        Assert.True(IsAsked(ann));
        ann.Gets(tooLarge);
        Assert.Empty(MailOf(ann));
        Assert.False(IsAsked(ann));
    }

    [Fact]
    public void What_fits_again_is_watched_as_before_and_said_anew_should_it_grow()
    {
        var ann = new Checks();
        ann.Finds(Listing(1));
        ann.Send();
        ann.Gets(tooLarge);
        ann.Send();
        ann.Now = Noon.AddDays(1);
        Assert.Equal(["New 2"], ann.Finds(Listing(1), Listing(2)));
        ann.Send();
        Assert.True(IsAsked(ann));

        ann.Gets(tooLarge);
        Assert.True(Assert.Single(MailOf(ann)).IsTooLarge);
    }

    [Fact]
    public void An_edited_search_is_asked_at_once()
    {
        var ann = new Checks();
        ann.Gets(tooLarge);
        ann.User = ann.User.With(Choosing(SearchFor("iphone 13 blue")));
        Assert.True(IsAsked(ann));
    }

    [Fact]
    public void In_quiet_hours_it_waits_and_no_other_search_is_held_up()
    {
        var ann = new Checks(Choosing(SearchFor("a", "s-00000001"), SearchFor("b", "s-00000002")) with { QuietHours = new QuietHours { From = 12, To = 15 } });
        ann.Gets(tooLarge, ann.Found(Listing(1)));
        Assert.Empty(MailOf(ann));
        ann.Now = Noon.AddHours(3);
        ann.Gets(RunPlan.WhileTooLarge(ann.User, ann.Search, SearchQuery.KeyOf(ann.Search, "en"), ann.Now)!, ann.Found(Listing(1)));
        Assert.Equal([true, false], MailOf(ann).Select(section => section.IsTooLarge));
        Assert.Null(ann.User.WaitingSince);
    }

    [Fact]
    public void A_mail_of_it_that_the_server_defers_for_hours_is_made_anew_and_not_lost()
    {
        var ann = new Checks();
        ann.Gets(tooLarge);
        ann.Defer();
        ann.Now = Noon.AddHours(7);
        ann.Gets(RunPlan.WhileTooLarge(ann.User, ann.Search, SearchQuery.KeyOf(ann.Search, "en"), ann.Now)!);
        Assert.Equal(Noon.AddHours(7), Assert.Single(MailOf(ann)).FetchedAt);
        ann.Send();
        ann.Gets(RunPlan.WhileTooLarge(ann.User, ann.Search, SearchQuery.KeyOf(ann.Search, "en"), ann.Now)!);
        Assert.Empty(MailOf(ann));
    }

    [Fact]
    public async Task The_mail_says_what_to_do_and_leads_there()
    {
        var section = Mails.Section() with { Total = 0, IsTooLarge = true };

        using var mail = await Mails.Composer().ComposeAsync(Mails.To(Mails.Ann), Mails.Notification(NotificationKind.Changes, section));

        Assert.Equal("Paused, since too much matches: iphone 13", mail.Subject);
        Assert.Contains("Paused: more listings match than eBay can sort.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://alerts.example.org/alerts/s-00000001/edit", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://alerts.example.org/alerts/s-00000001/edit", mail.HtmlBody, StringComparison.Ordinal);
    }
}
