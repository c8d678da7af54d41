using System.Collections.Immutable;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;

namespace Alerts.Runs;

/// <summary>
/// The results of a user's last checks. They alone cause no write: the next write for another reason stores them too. Pure.
/// </summary>
static class CheckStory
{
    /// <summary>Spans kept; the oldest is removed first.</summary>
    public const int MaxSpans = 16;

    public static ImmutableArray<CheckSpan> Add(ImmutableArray<CheckSpan> story, CheckResult result, DateTimeOffset now)
    {
        if (story is [.., var last] && last.Result == result)
            return story.SetItem(story.Length - 1, last with { To = now, Count = last.Count + 1 });
        var first = new CheckSpan { From = now, To = now, Count = 1, Result = result };
        return [.. story.TakeLast(MaxSpans - 1), first];
    }

    /// <summary>The result of one check.</summary>
    public static CheckResult ResultOf(UserState before, UserState after, IReadOnlyList<SearchAnswer> answers, DateTimeOffset now)
    {
        if (after.LastNotification > before.LastNotification)
            return CheckResult.Notified;
        if (after.WaitingSince is not null || after.Outbox is { Notification.IsAlert: true })
            return WhyWaiting(after, now);
        return answers.Any(answer => answer.Failure is not null) ? CheckResult.Failed : CheckResult.NothingNew;
    }

    static CheckResult WhyWaiting(UserState user, DateTimeOffset now)
    {
        if (user.Outbox is not null)
            return CheckResult.Unsent;
        if (LocalHours.IsQuiet(user.Settings, now))
            return CheckResult.QuietHours;
        if (Schedule.IsLimitReached(user, now))
            return CheckResult.DayLimit;
        if (user.Settings.Notify is NotifyMode.Digest)
            return CheckResult.Digest;
        return Schedule.IsPausing(user, now) ? CheckResult.Pause : CheckResult.Unsent;
    }
}
