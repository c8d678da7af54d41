using Alerts.Configuration;
using Alerts.News;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.Users;

namespace Alerts.Runs;

/// <summary>
/// When a user is checked and when mail may go to it. Pure. Checks lie on a grid: <see cref="UserState.Phase"/> plus whole
/// intervals (<see cref="CheckFrequency"/>). However many were missed, one check makes up for them.
/// </summary>
public static class Schedule
{
    /// <summary>A tick may come this much early: timers and the clocks of two silos differ a little.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    static readonly TimeSpan MaxPause = TimeSpan.FromDays(1);

    /// <summary>By how much more than its interval a check may be put off: quiet hours are shorter.</summary>
    static readonly TimeSpan MaxQuiet = TimeSpan.FromDays(1);

    /// <summary>Whether a check is due; costs no more than a comparison of two moments. A moment too far away is of a clock that was wrong.</summary>
    public static bool IsDue(UserState user, DateTimeOffset now, TimeSpan? reminderPeriod = null) => user.Status switch
    {
        // Whose mail does not arrive may have channels that do.
        UserStatus.Active or UserStatus.Suppressed when user.Status is UserStatus.Active || ChannelRoutes.HasActive(user) => now + Tolerance >= user.NextDue
            || user.NextDue > now + Interval(user.Settings, reminderPeriod ?? CheckFrequency.Shortest) + MaxQuiet,
        UserStatus.Snoozed => now + Tolerance >= user.SnoozedUntil,
        _ => false,
    };

    /// <summary>Since when a check is due, or when it will be.</summary>
    public static DateTimeOffset DueAt(UserState user) => user is { Status: UserStatus.Snoozed, SnoozedUntil: { } until } ? until : user.NextDue;

    /// <summary>When the next check is due after one at <paramref name="now"/>: on the grid, or sooner when held-back news may be told.</summary>
    public static DateTimeOffset NextDue(UserState user, DateTimeOffset now, TimeSpan reminderPeriod)
    {
        var next = NextOnGrid(user, now, reminderPeriod);
        // An auction that comes within the lead is said at the tick after that.
        return NextEnding(user) is { } ending && TickAt(user, ending, now, reminderPeriod) is var tick && tick < next ? tick : next;
    }

    static DateTimeOffset NextOnGrid(UserState user, DateTimeOffset now, TimeSpan reminderPeriod)
    {
        var interval = Interval(user.Settings, reminderPeriod);
        var next = After(user.Phase, interval, now + Tolerance);
        // A list of everything is not wanted in quiet hours, and nothing is lost by not looking.
        if (user.Settings.Notify is NotifyMode.EveryCheck && LocalHours.IsQuiet(user.Settings, next))
            next = After(user.Phase, reminderPeriod, LocalHours.QuietEnd(user.Settings, next) - TimeSpan.FromTicks(1));
        if (user.WaitingSince is null)
            return next;
        var tick = TickAt(user, ReleaseAt(user, now), now, reminderPeriod);
        return tick < next ? tick : next;
    }

    /// <summary>The first tick at a moment or after it, and after now.</summary>
    static DateTimeOffset TickAt(UserState user, DateTimeOffset moment, DateTimeOffset now, TimeSpan reminderPeriod) =>
        After(user.Phase, reminderPeriod, moment > now + Tolerance ? moment - TimeSpan.FromTicks(1) : now + Tolerance);

    static DateTimeOffset? NextEnding(UserState user)
    {
        DateTimeOffset? next = null;
        foreach (var memory in user.Searches)
        {
            if (memory.NextEnding is { } ending && !(next <= ending)
                && user.Settings.Searches.Any(search => search.Id == memory.SearchId && search is { Paused: false, Rules.EndingWithinMinutes: not null }))
                next = ending;
        }

        return next;
    }

    /// <summary>
    /// The user on a reminder whose next tick is at <paramref name="nextTick"/>. What is due after that tick is due at the last one
    /// before its moment, so that nobody waits longer for having been moved.
    /// </summary>
    public static UserState Moved(UserState user, DateTimeOffset nextTick, TimeSpan reminderPeriod)
    {
        if (user.NextDue <= nextTick)
            return user with { Phase = nextTick - reminderPeriod };
        var due = nextTick + reminderPeriod * ((user.NextDue - nextTick).Ticks / reminderPeriod.Ticks);
        return user with { Phase = due, NextDue = due };
    }

    /// <summary>The time between two checks.</summary>
    public static TimeSpan Interval(UserSettings settings, TimeSpan reminderPeriod) =>
        CheckFrequency.Interval(settings.FrequencyMinutes, reminderPeriod);

    /// <summary>Whether news that waits may be said now: it is no quiet hour, the day's limit is not reached, and a digest's hour has come.</summary>
    public static bool IsReleased(UserState user, DateTimeOffset now) => IsReleased(user, now, user.Searches.Any(memory => memory.AwaitsFirstResults));

    /// <summary>The same for the first results of a search, which wait for no digest and no pause, or for other news.</summary>
    /// <param name="user">The user.</param>
    /// <param name="now">The present.</param>
    /// <param name="isFirst">Whether it is first results.</param>
    /// <param name="isUrgent">Whether there is news that waits for no pause.</param>
    /// <param name="isEnding">Whether it is of an auction that ends soon, which the user may want to hear in quiet hours.</param>
    public static bool IsReleased(UserState user, DateTimeOffset now, bool isFirst, bool isUrgent = false, bool isEnding = false) =>
        ((isEnding && user.Settings.EndingInQuietHours) || !LocalHours.IsQuiet(user.Settings, now)) && !IsLimitReached(user, now) && IsTimeFor(user, isFirst, now) && (isFirst || isUrgent || PauseEnd(user, now) is null);

    /// <summary>Whether news waits for the pause after the last alert.</summary>
    public static bool IsPausing(UserState user, DateTimeOffset now) => PauseEnd(user, now) is not null;

    /// <summary>When the pause ends that begins with an alert made now; null where there is none.</summary>
    public static DateTimeOffset? PauseAfterAlert(UserSettings settings, DateTimeOffset now, TimeSpan reminderPeriod) =>
        settings is { Notify: NotifyMode.Changes, MinutesBetweenMails: { } minutes } && minutes > settings.FrequencyMinutes
            ? now + CheckFrequency.Interval(minutes, reminderPeriod) - Tolerance
            : null;

    /// <summary>
    /// Whether what the outbox holds may be sent now: the user is served, the next attempt is due, and for an alert, it is no quiet
    /// hour, all it shows is current and no auction of which it says that it ends soon has ended (if not, the next check brings it up to date).
    /// </summary>
    public static bool MaySend(UserState user, DateTimeOffset now) =>
        user is { Status: UserStatus.Active, Outbox: { } entry }
        && entry.IsReady(now)
        && (!entry.Notification.IsAlert
            || (MayComeNow(user.Settings, entry.Notification, now) && !entry.Notification.HasEnded(now)
                && entry.Notification.Sections.All(section => Freshness.IsCurrent(section.FetchedAt, now))));

    /// <summary>Whether it is no quiet hour, or the alert has what the user wants to hear even then.</summary>
    public static bool MayComeNow(UserSettings settings, Notification alert, DateTimeOffset now) =>
        !LocalHours.IsQuiet(settings, now)
        || (settings.EndingInQuietHours && EndingAuction.IsAmong(alert.Sections.SelectMany(section => section.Items), now));

    static bool IsTimeFor(UserState user, bool isFirst, DateTimeOffset now) =>
        user.Settings.Notify is not NotifyMode.Digest
        || isFirst
        || (user.WaitingSince is { } since && now >= LocalHours.Next(user.Settings, user.Settings.DigestHour, since));

    /// <summary>When news that waits may be said at the earliest; the past when only the outbox or eBay is in the way.</summary>
    static DateTimeOffset ReleaseAt(UserState user, DateTimeOffset now)
    {
        var settings = user.Settings;
        var release = now;
        if (!IsTimeFor(user, user.Searches.Any(memory => memory.AwaitsFirstResults), now))
            release = LocalHours.Next(settings, settings.DigestHour, user.WaitingSince ?? now);
        if (IsLimitReached(user, release))
            release = LocalHours.Next(settings, 0, release);
        if (!user.Searches.Any(memory => memory.AwaitsFirstResults) && PauseEnd(user, now) is { } end && end > release)
            release = end;
        return LocalHours.IsQuiet(settings, release) ? LocalHours.QuietEnd(settings, release) : release;
    }

    /// <summary>The end of a pause that lasts; one longer than any may be is of a clock that was wrong.</summary>
    static DateTimeOffset? PauseEnd(UserState user, DateTimeOffset now) =>
        user.NextAlertAt is { } end && end > now && end <= now + MaxPause ? end : null;

    /// <summary>Whether the user got all the mails that one day may have.</summary>
    public static bool IsLimitReached(UserState user, DateTimeOffset at) =>
        user.Settings.MailsPerDay is > 0 and var limit && user.MailsOfDay >= limit && user.MailDay == LocalHours.DayOf(user.Settings, at);

    /// <summary>The first moment of a grid after another.</summary>
    static DateTimeOffset After(DateTimeOffset phase, TimeSpan step, DateTimeOffset moment)
    {
        var steps = Math.DivRem((moment - phase).Ticks, step.Ticks, out var rest);
        return phase + step * (rest < 0 ? steps : steps + 1);
    }
}
