using System.Collections.Immutable;
using Alerts.Runs;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users;
using Alerts.Users.Channels;

namespace Alerts.Outbox;

/// <summary>
/// Which message a channel gets next, and what the result changes. Each channel has its own outbox: a channel that fails delays no other
/// channel and no mail. Pure.
/// </summary>
public static class ChannelDelivery
{
    /// <summary>A channel that has failed for this long is disabled.</summary>
    public static readonly TimeSpan DisableAfter = TimeSpan.FromDays(5);

    /// <summary>A channel's <c>Retry-After</c> is obeyed up to this.</summary>
    static readonly TimeSpan maxRetryAfter = TimeSpan.FromHours(1);

    const int MaxFault = 200;

    /// <summary>Whether any channel has a message to send now and none being sent.</summary>
    public static bool IsWaiting(UserState user, DateTimeOffset now) => user.Channels?.Any(channel => IsReady(user, channel, now)) is true;

    /// <summary>Whether this channel has a message to send now and none being sent.</summary>
    public static bool IsReady(UserState user, ChannelRecord channel, DateTimeOffset now) =>
        channel is { Sending: null, Outbox: { } entry } && entry.IsReady(now) && IsServed(user, channel, entry.Notification)
        && (!entry.Notification.IsAlert || (Schedule.MayComeNow(user.Settings, entry.Notification, now)
            && entry.Notification.Sections.Any(section => IsCurrent(section, now))));

    /// <summary>
    /// Takes the waiting message of a channel up for sending. Sections too old to be shown stay and wait for the next check.
    /// </summary>
    public static UserState Taken(UserState user, ChannelRecord channel, DateTimeOffset now)
    {
        var entry = channel.Outbox!;
        var stale = entry.Notification.Sections.RemoveAll(section => IsCurrent(section, now));
        return user.WithChannel(channel with
        {
            Sending = stale.IsEmpty ? entry : With(entry, entry.Notification.Sections.RemoveRange(stale)),
            // The rest gets its own id: a delivery log entry for the one part must not count for the other.
            Outbox = stale.IsEmpty ? null : entry with { Notification = entry.Notification with
                { Id = entry.Notification.Id + "~", Sections = stale } },
        });
    }

    /// <summary>Whether a part of the waiting message is too old to be shown.</summary>
    public static bool IsDivided(ChannelRecord channel, DateTimeOffset now) =>
        channel.Outbox?.Notification.Sections.All(section => IsCurrent(section, now)) is false;

    /// <summary>
    /// Whether a message that was taken up may still be sent. Meanwhile the channel may have been removed, or the user may have paused.
    /// </summary>
    public static bool IsWanted(UserState? latest, string channelId, OutboxEntry taken) =>
        latest?.FindChannel(channelId) is { } channel && ReferenceEquals(channel.Sending, taken)
            && IsServed(latest, channel, taken.Notification);

    /// <summary>The user after an attempt; null when the channel is gone or is sending another message.</summary>
    public static UserState? After(
        UserState user, string userId, string channelId, OutboxEntry attempted, DeliveryResult result, DateTimeOffset now)
    {
        if (user.FindChannel(channelId) is not { } channel || channel.Sending?.Notification.Id != attempted.Notification.Id)
            return null;
        var entry = channel.Sending;
        return result switch
        {
            DeliveryResult.Accepted => user.WithChannel(channel with { Sending = null,
                LastAcceptedAt = now, FailingSince = null, LastFault = null }),
            DeliveryResult.Withdrawn => user.WithChannel(Back(channel, entry)),
            DeliveryResult.Refused { AddressIsDead: true } refused => Disabled(user, userId, channel, refused.Reason, now),
            DeliveryResult.Refused refused => user.WithChannel(channel with { Sending = null, LastFault = Short(refused.Reason) }),
            DeliveryResult.Deferred deferred => Deferred(user, userId, channel, entry, deferred, now),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
    }

    /// <summary>
    /// The user after a restart, without the messages that the log has or may have forgotten. The others count as attempted, so that the
    /// sender asks the log first.
    /// </summary>
    public static UserState Settled(UserState user, IReadOnlyCollection<string> accepted, DateTimeOffset now)
    {
        return user.Channels is not { } channels ? user : user with
        {
            Channels = [.. channels.Select(channel => (channel with { Sending = null, Outbox = Of(channel.Outbox) })
                is var rest && Of(channel.Sending) is { } entry
                ? Back(rest, entry)
                : rest)],
        };

        OutboxEntry? Of(OutboxEntry? entry) =>
            entry is null || accepted.Contains(entry.Notification.Id) || now - entry.Notification.CreatedAt >= Delivery.MinLogMemory
                ? null
                : entry with { Attempts = entry.Attempts + 1 };
    }

    /// <summary>Removes a search's news, or all news, from the outboxes of the channels.</summary>
    public static UserState WithoutNews(UserState user, Func<NotificationSection, bool> isDropped)
    {
        return user.Channels is not { } channels ? user : user with
        {
            Channels = [.. channels.Select(channel => channel with { Outbox = Without(channel.Outbox),
                Sending = Without(channel.Sending) })],
        };

        OutboxEntry? Without(OutboxEntry? entry)
        {
            if (entry is not { Notification.IsAlert: true })
                return entry;
            var kept = entry.Notification.Sections.RemoveAll(section => isDropped(section));
            return kept.IsEmpty ? null : kept.Length == entry.Notification.Sections.Length ? entry : With(entry, kept);
        }
    }

    /// <summary>Disables a channel. Its owner gets a mail about that, unless the address refuses mails.</summary>
    public static UserState Disabled(UserState user, string userId, ChannelRecord channel, string reason, DateTimeOffset now)
    {
        var next = user.WithChannel(channel with { State = ChannelState.Disabled, Outbox = null, Sending = null,
            LastFault = Short(reason) });
        return user.Status is UserStatus.Suppressed
            ? next
            : Notices.With(next, userId, NotificationKind.ManageLink, now,
                channel: new ChannelNotice(channel.Kind, channel.Name, Short(reason)));
    }

    static UserState Deferred(
        UserState user, string userId, ChannelRecord channel, OutboxEntry entry, DeliveryResult.Deferred deferred, DateTimeOffset now)
    {
        // A fault that the operator must repair does not count against the channel.
        var since = deferred.Cause is DeferralCause.Sender ? channel.FailingSince : channel.FailingSince ?? now;
        var failing = channel with { FailingSince = since, LastFault = Short(deferred.Reason) };
        if (now - failing.FailingSince >= DisableAfter)
            return Disabled(user, userId, failing, deferred.Reason, now);
        // A message that cannot be composed would block all later ones.
        if (deferred.Cause is DeferralCause.Compose && entry.ComposeFaults + 1 >= RetrySchedule.MaxComposeAttempts)
            return user.WithChannel(failing with { Sending = null });
        var next = RetrySchedule.Again(entry, deferred.Cause, now);
        var wait = deferred.RetryAfter < maxRetryAfter ? deferred.RetryAfter : deferred.RetryAfter is null ? null : maxRetryAfter;
        var at = now + wait > next.NextAttemptAt ? now + wait : next.NextAttemptAt;
        return user.WithChannel(Back(failing, next with { NextAttemptAt = at }));
    }

    /// <summary>Puts the message being sent back among the waiting news: each listing once, with its latest price.</summary>
    static ChannelRecord Back(ChannelRecord channel, OutboxEntry entry)
    {
        if (channel.Outbox is not { } later || !entry.Notification.IsAlert)
            return channel with { Sending = null, Outbox = channel.Outbox ?? entry };
        var sections = later.Notification.Sections
            .Select(section => Joined(entry.Notification.Sections.FirstOrDefault(one => one.SearchId == section.SearchId), section));
        var others = entry.Notification.Sections
            .Where(section => !later.Notification.Sections.Any(one => one.SearchId == section.SearchId));
        return channel with
        {
            Sending = null,
            Outbox = entry with { Notification = later.Notification with { Sections = [.. sections, .. others] } },
        };
    }

    static NotificationSection Joined(NotificationSection? before, NotificationSection later) =>
        before is null ? later : ChannelNews.Joined(before, later);

    static OutboxEntry With(OutboxEntry entry, ImmutableArray<NotificationSection> sections) =>
        entry with { Notification = entry.Notification with { Sections = sections } };

    static bool IsCurrent(NotificationSection section, DateTimeOffset now) => Freshness.IsCurrent(section.FetchedAt, now);

    static bool IsServed(UserState user, ChannelRecord channel, Notification notification) =>
        user.Status is UserStatus.Active or UserStatus.Suppressed
        && (notification.IsAlert ? channel.IsActive : channel.State is ChannelState.Unconfirmed);

    static string Short(string reason) => ShownText.Clean(reason, MaxFault);
}
