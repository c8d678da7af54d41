using Alerts.Mail.Log;
using Alerts.Outbox;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users.Mails;

namespace Alerts.Users;

/// <summary>
/// Lists the mails to a user, or the messages to a channel: waiting ones from the state, sent ones from the delivery log.
/// </summary>
static class NotificationReader
{
    /// <summary>
    /// A page of mails, newest first. It leaves out the question to another address about a move. That mail does not go to the user, and a
    /// missing one would show that the address has a user.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The delivery log did not answer.</exception>
    public static Task<NotificationPage> ReadAsync(DeliveryLog log, string userId, UserState user, NotificationCursor? after, int limit) =>
        ReadAsync(log, userId, channelId: null, Delivery.Intended(user), after, limit);

    /// <exception cref="StoreUnavailableException">The delivery log did not answer.</exception>
    public static Task<NotificationPage> ReadAsync(
        DeliveryLog log, string userId, ChannelRecord channel, NotificationCursor? after, int limit) =>
        ReadAsync(log, userId, channel.Id, ((OutboxEntry?[])[channel.Outbox, channel.Sending]).OfType<OutboxEntry>(), after, limit);

    /// <summary>One of the user's mails, or of the messages to its channels, with what it says; null when there is none.</summary>
    /// <exception cref="StoreUnavailableException">The delivery log did not answer.</exception>
    public static async Task<NotificationContent?> FindAsync(DeliveryLog log, string userId, UserState user, string notificationId,
        DateTimeOffset now)
    {
        if (Delivery.Claimable(user).FirstOrDefault(entry => entry.Notification.Id == notificationId) is { } intended)
            return IsToUser(intended.Notification.Kind) ? Waiting(intended, now) : null;
        try
        {
            return await log.FindAsync(userId, notificationId, now, CancellationToken.None) is { } found && IsToUser(found.Record.Kind)
                ? Sent(found) : null;
        }
        catch (System.Data.Common.DbException)
        {
            throw new StoreUnavailableException("The delivery log could not be read.");
        }
    }

    static async Task<NotificationPage> ReadAsync(
        DeliveryLog log, string userId, string? channelId, IEnumerable<OutboxEntry> intended, NotificationCursor? after, int limit)
    {
        IReadOnlyList<DeliveryRecord> sent;
        try
        {
            sent = await log.ListAsync(userId, after is null ? null : Place(after, userId), limit, CancellationToken.None, channelId);
        }
        catch (System.Data.Common.DbException)
        {
            throw new StoreUnavailableException("The delivery log could not be read.");
        }

        var waiting = after is null ? Waiting(intended) : [];
        var next = sent.Count == limit ? new NotificationCursor(sent[^1].AcceptedAt, sent[^1].NotificationId) : null;
        return new NotificationPage([.. waiting, .. sent.Where(record => IsToUser(record.Kind)).Select(Sent)], next);
    }

    static IEnumerable<NotificationRecord> Waiting(IEnumerable<OutboxEntry> intended) =>
        intended.Where(entry => IsToUser(entry.Notification.Kind)).Select(entry => new NotificationRecord
    {
        Id = entry.Notification.Id,
        Kind = entry.Notification.Kind.ApiName(),
        State = "waiting",
        At = entry.Notification.CreatedAt,
        Attempts = entry.Attempts,
        NextAttemptAt = entry.NextAttemptAt,
    });

    static NotificationContent Waiting(OutboxEntry entry, DateTimeOffset now)
    {
        var content = DeliveredContent.Of(entry.Notification);
        var isShown = content?.Until > now;
        return new NotificationContent
        {
            Id = entry.Notification.Id,
            Kind = entry.Notification.Kind.ApiName(),
            State = "waiting",
            At = entry.Notification.CreatedAt,
            Attempts = entry.Attempts,
            NextAttemptAt = entry.NextAttemptAt,
            ItemIds = content?.ItemIds ?? [],
            Searches = isShown ? content!.Searches : null,
            ContentUntil = isShown ? content!.Until : null,
        };
    }

    static NotificationContent Sent(DeliveredMessage found) => new()
    {
        Id = found.Record.NotificationId,
        Kind = found.Record.Kind.ApiName(),
        State = "sent",
        Subject = found.Record.Subject,
        At = found.Record.AcceptedAt,
        Attempts = found.Record.Attempts,
        ItemIds = found.ItemIds,
        Searches = found.Searches,
        ContentUntil = found.ContentUntil,
    };

    static bool IsToUser(NotificationKind kind) => kind is not NotificationKind.AddressConfirmation;

    static NotificationRecord Sent(DeliveryRecord record) => new()
    {
        Id = record.NotificationId,
        Kind = record.Kind.ApiName(),
        State = "sent",
        Subject = record.Subject,
        At = record.AcceptedAt,
        Attempts = record.Attempts,
    };

    /// <summary>The last record of the page before. The log reads only its time and id.</summary>
    static DeliveryRecord Place(NotificationCursor cursor, string userId) => new(cursor.Id, userId, default, "", cursor.At, 0);
}
