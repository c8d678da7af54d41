using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Alerts.Email;

/// <summary>
/// Sends what a user's outbox holds, in the order of the delivery contract: ask the log when the mail may have left before,
/// compose, send, record that the server took it. Safe for concurrent use.
/// </summary>
public sealed partial class EmailSender(
    MailComposer composer, SmtpConnectionPool connections, DeliveryLog log, TimeProvider clock, ILogger<EmailSender> logger)
{
    /// <summary>Sends a mail once. The result is final for this attempt; when to try again is the caller's decision.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="entry">What to send, written to the user's state before.</param>
    /// <param name="cancellationToken">Gives up; the server may have taken the mail, so the entry has to be claimed before it is sent again.</param>
    /// <returns>Never a fault of the server, the network or the delivery log as an exception.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DeliveryResult> SendAsync(MailRecipient recipient, OutboxEntry entry, CancellationToken cancellationToken)
    {
        var notification = entry.Notification;
        try
        {
            if (entry.Attempts > 0 && await log.WasAcceptedAsync(notification.Id, cancellationToken))
                return new DeliveryResult.Accepted();
        }
        catch (DbException fault)
        {
            return new DeliveryResult.Deferred($"The delivery log did not answer: {fault.GetType().Name}");
        }

        using var message = await composer.ComposeAsync(recipient, notification);
        var result = await connections.SendAsync(message, cancellationToken);
        if (result is DeliveryResult.Accepted)
            await RecordAsync(new DeliveryRecord(
                notification.Id, recipient.UserId, notification.Kind, message.Subject ?? "", clock.GetUtcNow(), entry.Attempts + 1));
        return result;
    }

    async Task RecordAsync(DeliveryRecord record)
    {
        try
        {
            await log.RecordAsync(record);
        }
        catch (DbException fault)
        {
            // The mail has left. Only if this process dies before the user's next state write is it sent a second time.
            LogUnrecorded(fault, record.NotificationId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {NotificationId} was taken by the server but could not be recorded; a crash now would repeat it")]
    partial void LogUnrecorded(Exception fault, string notificationId);
}
