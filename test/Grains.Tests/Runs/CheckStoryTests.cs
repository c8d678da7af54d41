using System.Collections.Immutable;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tests.Mail;
using Alerts.Users;

namespace Alerts.Tests.Runs;

public class CheckStoryTests
{
    static readonly DateTimeOffset noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Checks_in_a_row_that_came_to_the_same_are_one_span()
    {
        var story = ImmutableArray<CheckSpan>.Empty;
        foreach (var (minute, result) in (ValueTuple<int, CheckResult>[])
            [(0, CheckResult.Notified), (2, CheckResult.NothingNew), (4, CheckResult.NothingNew), (6, CheckResult.Failed)])
            story = CheckStory.Add(story, result, noon.AddMinutes(minute));

        Assert.Equal(
            [(0, 0, 1, CheckResult.Notified), (2, 4, 2, CheckResult.NothingNew), (6, 6, 1, CheckResult.Failed)],
            story.Select(span => ((int)(span.From - noon).TotalMinutes, (int)(span.To - noon).TotalMinutes, span.Count, span.Result)));
    }

    [Fact]
    public void The_oldest_spans_are_forgotten_first()
    {
        var story = ImmutableArray<CheckSpan>.Empty;
        for (var i = 0; i < 100; i++)
            story = CheckStory.Add(story, i % 2 == 0 ? CheckResult.NothingNew : CheckResult.Failed, noon.AddMinutes(i));

        Assert.Equal(CheckStory.MaxSpans, story.Length);
        Assert.Equal(noon.AddMinutes(99), story[^1].To);
        Assert.Equal(noon.AddMinutes(100 - CheckStory.MaxSpans), story[0].From);
    }

    [Fact]
    public void A_result_says_why_no_message_came()
    {
        var user = User();
        var quiet = user.Settings with { QuietHours = new QuietHours { From = 0, To = 23 } };

        Assert.Equal(CheckResult.NothingNew, ResultOf(user));
        Assert.Equal(CheckResult.Failed, ResultOf(user, failure: "eBay answered 500."));
        Assert.Equal(CheckResult.Notified, ResultOf(user with { LastNotification = 1 }));
        Assert.Equal(CheckResult.QuietHours, ResultOf(user with { WaitingSince = noon, Settings = quiet }));
        Assert.Equal(CheckResult.Digest, ResultOf(user with { WaitingSince = noon, Settings = user.Settings with { Notify = NotifyMode.Digest } }));
        Assert.Equal(CheckResult.DayLimit, ResultOf(user with
        {
            WaitingSince = noon, MailDay = new DateOnly(2026, 11, 23), MailsOfDay = 3, Settings = user.Settings with { MailsPerDay = 3 },
        }));
        Assert.Equal(CheckResult.Pause, ResultOf(user with { WaitingSince = noon, NextAlertAt = noon.AddMinutes(8) }));
        Assert.Equal(CheckResult.Unsent, ResultOf(user with { WaitingSince = noon, NextAlertAt = noon }));
        Assert.Equal(CheckResult.Unsent, ResultOf(user with { Outbox = new OutboxEntry { Notification = Mails.Listed(1) } }));
    }

    static CheckResult ResultOf(UserState after, string? failure = null) =>
        CheckStory.ResultOf(User(), after, [new SearchAnswer { Failure = failure }], noon);

    static UserState User() => Alerts.Users.Lifecycle.Enrolled(Mails.AnnId, Mails.Ann, Alerts.Configuration.ConfirmationMode.Off, noon) with { Phase = noon };
}
