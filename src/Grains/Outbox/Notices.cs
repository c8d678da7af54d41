using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Outbox;

/// <summary>Mails about the account. They are sent before alerts. Pure.</summary>
static class Notices
{
    /// <summary>Notices that may wait; a further one replaces the oldest.</summary>
    public const int Max = 4;

    /// <summary>Adds a notice. It replaces one of the same kind about the same channel or move.</summary>
    public static UserState With(
        UserState user, string userId, NotificationKind kind, DateTimeOffset now,
            string? address = null, string? signIn = null, ChannelNotice? channel = null, string? moveTo = null)
    {
        var number = user.LastNotification + 1;
        var notice = new OutboxEntry
        {
            Notification = new Notification { Id = $"{userId}.{number}", Kind = kind, CreatedAt = now, SignIn = signIn, Channel = channel,
                MoveTo = moveTo },
            Address = address,
        };
        var others = moveTo is null ? Without(user, kind, channel).Notices : WithoutMove(user).Notices;
        return user with { LastNotification = number, Notices = [.. others.Skip(Math.Max(0, others.Length - Max + 1)), notice] };
    }

    /// <summary>Removes the notices of a kind.</summary>
    public static UserState Without(UserState user, NotificationKind kind, ChannelNotice? channel = null) => user with
    {
        Notices = user.Notices.RemoveAll(notice => notice.Notification.Kind == kind && notice.Notification.Channel == channel
            && notice.Notification.MoveTo is null),
    };

    public static UserState WithoutMove(UserState user) =>
        user with { Notices = user.Notices.RemoveAll(notice => notice.Notification.MoveTo is not null) };
}
