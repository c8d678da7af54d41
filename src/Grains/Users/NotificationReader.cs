using Alerts.Mail.Log;
using Alerts.Outbox;
using Alerts.State;
using Alerts.Users.Mails;

namespace Alerts.Users;

/// <summary>
/// Puts together the mails to a user, or the messages to a channel: those that wait, from the state, and those sent, from the delivery
/// log.
/// </summary>
static class NotificationReader
{
    /// <summary>
    /// A page of them, newest first. Without the question to another address whether the user may move there: it is not to the user,
    /// and that it was not sent would tell that somebody else has that address.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The delivery log did not answer.</exception>
    public static Task<NotificationPage> ReadAsync(DeliveryLog log, string userId, UserState user, NotificationCursor? after, int limit) =>
        ReadAsync(log, userId, channelId: null, Delivery.Intended(user), after, limit);

    /// <summary>A page of the messages to a channel, newest first.</summary>
    /// <exception cref="StoreUnavailableException">The delivery log did not answer.</exception>
    public static Task<NotificationPage> ReadAsync(
        DeliveryLog log, string userId, ChannelRecord channel, NotificationCursor? after, int limit) =>
        ReadAsync(log, userId, channel.Id, ((OutboxEntry?[])[channel.Outbox, channel.Sending]).OfType<OutboxEntry>(), after, limit);

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
        Kind = entry.Notification.Kind.ToString(),
        State = "waiting",
        At = entry.Notification.CreatedAt,
        Attempts = entry.Attempts,
        NextAttemptAt = entry.NextAttemptAt,
    });

    static bool IsToUser(NotificationKind kind) => kind is not NotificationKind.AddressConfirmation;

    static NotificationRecord Sent(DeliveryRecord record) => new()
    {
        Id = record.NotificationId,
        Kind = record.Kind.ToString(),
        State = "sent",
        Subject = record.Subject,
        At = record.AcceptedAt,
        Attempts = record.Attempts,
    };

    /// <summary>The log asks for the last record of the page before, of which it reads the time and the id.</summary>
    static DeliveryRecord Place(NotificationCursor cursor, string userId) => new(cursor.Id, userId, default, "", cursor.At, 0);
}
