using Alerts.Runs;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;

namespace Alerts.Outbox;

/// <summary>Which mail of a user is sent next, and what the mail server's answer changes. Pure.</summary>
public static class Delivery
{
    /// <summary>After this many refusals in a row of a dead address, mails to the user are suppressed.</summary>
    public const int SuppressAfterRefusals = 3;

    /// <summary>The delivery log must keep its rows for at least this long.</summary>
    public static readonly TimeSpan MinLogMemory = TimeSpan.FromDays(7);

    /// <summary>Whether the outbox has an entry that may have been sent before a restart.</summary>
    public static bool HasIntent(UserState user) => Claimable(user).Any();

    /// <summary>All entries that may have been sent before a restart.</summary>
    public static IEnumerable<OutboxEntry> Claimable(UserState user) =>
        user.Channels is not { } channels ? Intended(user)
            : Intended(user)
            .Concat(channels.SelectMany(channel => (OutboxEntry?[])[channel.Outbox, channel.Sending]).OfType<OutboxEntry>());

    /// <summary>All mails in the outbox.</summary>
    public static IEnumerable<OutboxEntry> Intended(UserState user)
    {
        if (user.Outbox is { } alert)
            yield return alert;
        if (user.Insight is { } insight)
            yield return insight;
        foreach (var notice in user.Notices)
            yield return notice;
    }

    /// <summary>
    /// The ids of mails that were tried and no longer wait for the mail server. They were sent, given up, unsubscribed from or replaced by
    /// later news, or their user paused.
    /// </summary>
    /// <param name="after">The user after it; null when erased.</param>
    public static IEnumerable<string> Ended(UserState before, UserState? after) => Intended(before)
        .Where(entry => entry.Attempts > 0 && !WaitsForServer(after, entry.Notification.Id))
        .Select(entry => entry.Notification.Id);

    /// <summary>Whether the mail of a notification still waits, and only for the mail server or for the next attempt.</summary>
    public static bool WaitsForServer(UserState? user, string notificationId) =>
        user is not null && Find(user, notificationId) is { } entry && IsServed(user, entry);

    /// <summary>
    /// The user without the mails that were sent, and with the others claimed: before sending a claimed mail, the sender asks the delivery
    /// log. A mail so old that the log may have forgotten it counts as sent, because an emptied outbox is stored within a day.
    /// </summary>
    /// <param name="user">The user in the store.</param>
    /// <param name="accepted">Ids of the notifications in the delivery log.</param>
    /// <param name="now">The present.</param>
    public static UserState Settled(UserState user, IReadOnlyCollection<string> accepted, DateTimeOffset now)
    {
        var asked = user.Notices.Where(notice => MoveQuestion.Is(notice) && Of(notice) is null)
            .Aggregate(user, (latest, question) => MoveQuestion.Ended(latest, question, isAccepted: true, now));
        return ChannelDelivery.Settled(asked, accepted, now) with
        {
            Outbox = Of(user.Outbox),
            Insight = Of(user.Insight),
            Notices = [.. user.Notices.Select(Of).OfType<OutboxEntry>()],
        };

        OutboxEntry? Of(OutboxEntry? entry) =>
            entry is null || accepted.Contains(entry.Notification.Id) || now - entry.Notification.CreatedAt >= MinLogMemory
                ? null
                : entry with { Attempts = entry.Attempts + 1 };
    }

    /// <summary>
    /// Whether a mail may still be sent as it was taken up. Asked when its turn at the mail server comes: meanwhile the user may have
    /// unsubscribed, paused, or changed the settings behind the mail.
    /// </summary>
    /// <param name="latest">The user now.</param>
    /// <param name="taken">The user when the mail was taken up.</param>
    /// <param name="entry">The mail.</param>
    public static bool IsWanted(UserState? latest, UserState taken, OutboxEntry entry) =>
        ReferenceEquals(latest, taken)
        || (latest is not null && ReferenceEquals(latest.Settings, taken.Settings) && latest.Status == taken.Status
            && Intended(latest).Contains(entry));

    /// <summary>The notice to send now, or null. An unconfirmed address gets only its confirmation, a suppressed one nothing.</summary>
    public static OutboxEntry? NextNotice(UserState user, DateTimeOffset now)
    {
        foreach (var notice in user.Notices)
        {
            if (IsServed(user, notice) && notice.IsReady(now))
                return notice;
        }

        return null;
    }

    /// <summary>
    /// The alert to send now, or null. Quiet hours delay it. If it is too old to be shown, the next check brings it up to date first.
    /// </summary>
    public static OutboxEntry? NextAlert(UserState user, DateTimeOffset now) => Schedule.MaySend(user, now) ? user.Outbox : null;

    /// <summary>The insight mail to send now, or null. Quiet hours delay it, and it is given up when its prices are too old.</summary>
    public static OutboxEntry? NextInsight(UserState user, DateTimeOffset now) =>
        user is { Status: UserStatus.Active, Insight: { } insight } && insight.IsReady(now)
        && user.Settings.Insights && !LocalHours.IsQuiet(user.Settings, now)
        && insight.Notification.Sections.All(section => Freshness.IsCurrent(section.FetchedAt, now))
            ? insight
            : null;

    /// <summary>Whether there is a mail to send now.</summary>
    public static bool IsWaiting(UserState user, DateTimeOffset now) =>
        NextNotice(user, now) is not null || NextAlert(user, now) is not null || NextInsight(user, now) is not null;

    /// <summary>How many mails wait for a moment at which they are tried again.</summary>
    public static int WaitingForNextAttempt(UserState user) => Intended(user).Count(entry => entry.NextAttemptAt is not null);

    /// <summary>The user with those mails due at once.</summary>
    public static UserState TriedAtOnce(UserState user) => user with
    {
        Outbox = user.Outbox is { } alert ? alert with { NextAttemptAt = null } : null,
        Insight = user.Insight is { } insight ? insight with { NextAttemptAt = null } : null,
        Notices = [.. user.Notices.Select(notice => notice with { NextAttemptAt = null })],
    };

    /// <summary>The user after an attempt; null when nothing changes, because the entry was withdrawn or is gone.</summary>
    public static UserState? After(UserState user, OutboxEntry attempted, DeliveryResult result, DateTimeOffset now)
    {
        if (result is DeliveryResult.Withdrawn || Find(user, attempted.Notification.Id) is not { } entry)
            return null;
        var again = result is DeliveryResult.Deferred deferred ? RetrySchedule.Next(entry, deferred.Cause, now) : null;
        var next = Replace(user, entry, again);
        if (MoveQuestion.Is(entry) && again is null)
            next = MoveQuestion.Ended(next, entry, isAccepted: result is DeliveryResult.Accepted, now);
        // An alert given up because of its age has named nothing. Its news is news again, unless a channel has it. That does not hold for
        // an alert that cannot be composed: it would fail for ever.
        if (again is null && result is DeliveryResult.Deferred { Cause: not DeferralCause.Compose } && entry.Notification.IsAlert)
            next = WithoutNotified(next, entry.Notification, now);
        return result switch
        {
            DeliveryResult.Accepted when entry.Address is null => user.Status is UserStatus.Suppressed
                ? Unsuppressed(next, now)
                : next with { DeadAddressRefusals = 0 },
            DeliveryResult.Refused { AddressIsDead: true } when entry.Address is null => Refused(next, now),
            _ => next,
        };
    }

    /// <summary>A suppressed user whose address accepts mail again: served from the next check on.</summary>
    static UserState Unsuppressed(UserState user, DateTimeOffset now) => user with
    {
        Status = UserStatus.Active,
        SuppressedAt = null,
        DeadAddressRefusals = 0,
        NextDue = now,
    };

    static UserState Refused(UserState user, DateTimeOffset now)
    {
        var counted = user with { DeadAddressRefusals = user.DeadAddressRefusals + 1 };
        return counted.DeadAddressRefusals < SuppressAfterRefusals
            ? counted
            : counted with { Status = UserStatus.Suppressed, SuppressedAt = user.SuppressedAt ?? now };
    }

    static UserState WithoutNotified(UserState user, Notification alert, DateTimeOffset now)
    {
        var unnamed = alert.Sections.RemoveAll(section => user.Channels?.Any(channel => ChannelRoutes.GoesTo(channel, user,
            section.SearchId)) is true);
        return unnamed.IsEmpty ? user : user with
        {
            WaitingSince = user.WaitingSince ?? now,
            Searches = [.. user.Searches.Select(memory => unnamed.Where(section => section.SearchId == memory.SearchId)
                .Aggregate(memory, (latest, section) => latest.WithoutNotified(section)))],
        };
    }

    /// <summary>Whether the user may get this mail now. A paused user gets only notices about the account.</summary>
    static bool IsServed(UserState user, OutboxEntry entry) => entry.Address is not null || user.Status switch
    {
        UserStatus.Active => true,
        UserStatus.Unconfirmed => entry.Notification.Kind is NotificationKind.Confirmation,
        // The owner asked for this mail. If the server accepts it, the address works.
        UserStatus.Suppressed => entry.Notification.Kind is NotificationKind.ManageLink,
        _ => user.Notices.Contains(entry),
    };

    static OutboxEntry? Find(UserState user, string id) =>
        user.Outbox?.Notification.Id == id
            ? user.Outbox : user.Insight?.Notification.Id == id
            ? user.Insight : user.Notices.FirstOrDefault(notice => notice.Notification.Id == id);

    static UserState Replace(UserState user, OutboxEntry entry, OutboxEntry? next)
    {
        if (user.Outbox == entry)
            return user with { Outbox = next };
        if (user.Insight == entry)
            return user with { Insight = next };
        return user with { Notices = next is null ? user.Notices.Remove(entry) : user.Notices.Replace(entry, next) };
    }
}
