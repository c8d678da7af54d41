using Alerts.Configuration;
using Alerts.News;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;

namespace Alerts.Runs;

/// <summary>
/// When a user's check is due and when a mail may be sent. Pure. Checks lie on a grid: <see cref="UserState.Phase"/> plus whole intervals
/// (<see cref="CheckFrequency"/>). One check makes up for any number of missed ones.
/// </summary>
public static class Schedule
{
    /// <summary>A tick may come early by this much: timers and the clocks of two silos differ a little.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    static readonly TimeSpan MaxPause = TimeSpan.FromDays(1);

    /// <summary>A check may be later than its interval by this much: quiet hours are shorter than a day.</summary>
    static readonly TimeSpan MaxQuiet = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether a check is due: two moments are compared, without I/O. A moment too far in the future was written while a clock was wrong.
    /// </summary>
    public static bool IsDue(UserState user, DateTimeOffset now, TimeSpan? reminderPeriod = null) => user.Status switch
    {
        // A user whose mails are refused may have channels that work.
        UserStatus.Active or UserStatus.Suppressed when user.Status is UserStatus.Active || ChannelRoutes.HasActive(user) =>
            now + Tolerance >= user.NextDue
            || user.NextDue > now + Interval(user.Settings, reminderPeriod ?? CheckFrequency.Shortest) + MaxQuiet,
        UserStatus.Snoozed => now + Tolerance >= user.SnoozedUntil,
        _ => false,
    };

    /// <summary>The moment at which the check became due or will become due.</summary>
    public static DateTimeOffset DueAt(UserState user) =>
        user is { Status: UserStatus.Snoozed, SnoozedUntil: { } until } ? until : user.NextDue;

    /// <summary>
    /// When the check after the one at <paramref name="now"/> is due: on the grid, or sooner when waiting news may be sent.
    /// </summary>
    public static DateTimeOffset NextDue(UserState user, DateTimeOffset now, TimeSpan reminderPeriod)
    {
        var next = NextOnGrid(user, now, reminderPeriod);
        // An auction that comes within its lead time is named at the first tick after that.
        return NextEnding(user) is { } ending && TickAt(user, ending, now, reminderPeriod) is var tick && tick < next ? tick : next;
    }

    static DateTimeOffset NextOnGrid(UserState user, DateTimeOffset now, TimeSpan reminderPeriod)
    {
        var interval = Interval(user.Settings, reminderPeriod);
        var next = After(user.Phase, interval, now + Tolerance);
        // In quiet hours nobody wants a list of everything, and skipping the check loses nothing.
        if (user.Settings.Notify is NotifyMode.EveryCheck && LocalHours.IsQuiet(user.Settings, next))
            next = After(user.Phase, reminderPeriod, LocalHours.QuietEnd(user.Settings, next) - TimeSpan.FromTicks(1));
        if (user.WaitingSince is null)
            return next;
        var tick = TickAt(user, ReleaseAt(user, now), now, reminderPeriod);
        return tick < next ? tick : next;
    }

    /// <summary>The first tick that is not before the given moment and is after now.</summary>
    static DateTimeOffset TickAt(UserState user, DateTimeOffset moment, DateTimeOffset now, TimeSpan reminderPeriod) =>
        After(user.Phase, reminderPeriod, moment > now + Tolerance ? moment - TimeSpan.FromTicks(1) : now + Tolerance);

    static DateTimeOffset? NextEnding(UserState user)
    {
        DateTimeOffset? next = null;
        foreach (var memory in user.Searches)
        {
            if (memory.NextEnding is { } ending && !(next <= ending)
                && user.Settings.Searches.Any(search => search.Id == memory.SearchId
                    && search is { Paused: false, Rules.EndingWithinMinutes: not null }))
                next = ending;
        }

        return next;
    }

    /// <summary>
    /// The user on another reminder whose next tick is at <paramref name="nextTick"/>. A check due after that tick moves to the last tick
    /// before its moment. So the move makes no check later.
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

    /// <summary>Whether waiting news may be sent now: no quiet hour, the day's limit not reached, and the digest's hour reached.</summary>
    public static bool IsReleased(UserState user, DateTimeOffset now) =>
        IsReleased(user, now, user.Searches.Any(memory => memory.AwaitsFirstResults));

    /// <summary>The same with the kind of news. First results wait for no digest, no pause and no other news.</summary>
    /// <remarks>Urgent news waits for no pause. News of an ending auction may come in quiet hours, if the user wants that.</remarks>
    public static bool IsReleased(UserState user, DateTimeOffset now, bool isFirst, bool isUrgent = false, bool isEnding = false) =>
        ((isEnding && user.Settings.EndingInQuietHours) || !LocalHours.IsQuiet(user.Settings, now)) && !IsLimitReached(user, now)
            && IsTimeFor(user, isFirst, now) && (isFirst || isUrgent || PauseEnd(user, now) is null);

    /// <summary>Whether news waits for the pause after the last alert.</summary>
    public static bool IsPausing(UserState user, DateTimeOffset now) => PauseEnd(user, now) is not null;

    /// <summary>When the pause after an alert made now ends; null without a pause.</summary>
    public static DateTimeOffset? PauseAfterAlert(UserSettings settings, DateTimeOffset now, TimeSpan reminderPeriod) =>
        settings is { Notify: NotifyMode.Changes, MinutesBetweenMails: { } minutes } && minutes > settings.FrequencyMinutes
            ? now + CheckFrequency.Interval(minutes, reminderPeriod) - Tolerance
            : null;

    /// <summary>
    /// Whether the alert or notice in the outbox may be sent now. The user is served and the next attempt is due. An alert also needs: no
    /// quiet hour, current prices, and no auction that has ended. Otherwise the next check brings it up to date.
    /// </summary>
    public static bool MaySend(UserState user, DateTimeOffset now) =>
        user is { Status: UserStatus.Active, Outbox: { } entry }
        && entry.IsReady(now)
        && (!entry.Notification.IsAlert
            || (MayComeNow(user.Settings, entry.Notification, now) && !entry.Notification.HasEnded(now)
                && entry.Notification.Sections.All(section => Freshness.IsCurrent(section.FetchedAt, now))));

    /// <summary>Whether it is no quiet hour, or the alert has news that the user wants even in quiet hours.</summary>
    public static bool MayComeNow(UserSettings settings, Notification alert, DateTimeOffset now) =>
        !LocalHours.IsQuiet(settings, now)
        || (settings.EndingInQuietHours && EndingAuction.IsAmong(alert.Sections.SelectMany(section => section.Items), now));

    static bool IsTimeFor(UserState user, bool isFirst, DateTimeOffset now) =>
        user.Settings.Notify is not NotifyMode.Digest
        || isFirst
        || (user.WaitingSince is { } since && now >= LocalHours.Next(user.Settings, user.Settings.DigestHour, since));

    /// <summary>The earliest moment at which waiting news may be sent; now or earlier when only the outbox or eBay delays it.</summary>
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

    /// <summary>The end of the pause that is running. An end later than any pause allows was written while a clock was wrong.</summary>
    static DateTimeOffset? PauseEnd(UserState user, DateTimeOffset now) =>
        user.NextAlertAt is { } end && end > now && end <= now + MaxPause ? end : null;

    /// <summary>Whether the user got as many mails today as the limit allows.</summary>
    public static bool IsLimitReached(UserState user, DateTimeOffset at) =>
        user.Settings.MailsPerDay is > 0 and var limit && user.MailsOfDay >= limit && user.MailDay == LocalHours.DayOf(user.Settings, at);

    /// <summary>The first moment on a grid after the given moment.</summary>
    static DateTimeOffset After(DateTimeOffset phase, TimeSpan step, DateTimeOffset moment)
    {
        var steps = Math.DivRem((moment - phase).Ticks, step.Ticks, out var rest);
        return phase + step * (rest < 0 ? steps : steps + 1);
    }
}
