using Alerts.Mail;
using Alerts.Mail.Log;
using Alerts.Outbox;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Users.Channels;
using Microsoft.Extensions.Logging;

namespace Alerts.Channels;

/// <summary>
/// Delivers the messages in the outboxes of channels. It asks the log first if a message may have been sent before, sends it, and records
/// the acceptance. Safe for concurrent use.
/// </summary>
public sealed partial class ChannelSender(
    IEnumerable<INotificationChannel> channels, ChannelComposer composer, ChannelSecrets secrets,
        DeliveryLog log, ChannelMetrics metrics, TimeProvider clock,
    ILogger<ChannelSender> logger)
{
    /// <summary>The way to channels of a kind.</summary>
    public INotificationChannel Of(ChannelKind kind) => channels.First(channel => channel.Kind == kind);

    /// <summary>Tries a message once. The outbox decides when to try again.</summary>
    /// <param name="recipient">The channel's user.</param>
    /// <param name="channel">The channel to send to.</param>
    /// <param name="entry">The entry to send; it stands in the stored user's state.</param>
    /// <param name="isWanted">Asked when the message's turn has come: whether it may still be sent.</param>
    /// <param name="cancellationToken">Gives up. The message may have been accepted, so it must be claimed before it is sent again.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DeliveryResult> SendAsync(
        MailRecipient recipient, ChannelRecord channel, OutboxEntry entry, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        var result = await AttemptAsync(recipient, channel, entry, isWanted, cancellationToken);
        metrics.Attempted(channel.Kind, result, made: clock.GetUtcNow() - entry.Notification.CreatedAt);
        if (result is DeliveryResult.Deferred deferred)
            LogDeferred(entry.Notification.Id, channel.Kind, entry.Attempts + 1, deferred.Reason);
        return result;
    }

    /// <summary>Sends a sample at once, to an unconfirmed channel the question again. Stores nothing.</summary>
    public async Task<ChannelTest> TestAsync(
        MailRecipient recipient, ChannelRecord channel, Notification question, CancellationToken cancellationToken)
    {
        if (await secrets.ReadAsync(channel.Protected) is not { } target)
            return new ChannelTest(Accepted: false, "It leads nowhere yet.");
        var message = channel.State is ChannelState.Unconfirmed ? composer.Compose(recipient, channel, question)
            : composer.Sample(recipient, question.Id);
        return await Of(channel.Kind).SendAsync(target, message, () => true, cancellationToken) switch
        {
            DeliveryResult.Accepted => new ChannelTest(Accepted: true),
            DeliveryResult.Deferred deferred => new ChannelTest(Accepted: false, deferred.Reason),
            DeliveryResult.Refused refused => new ChannelTest(Accepted: false, refused.Reason),
            _ => new ChannelTest(Accepted: false),
        };
    }

    async Task<DeliveryResult> AttemptAsync(
        MailRecipient recipient, ChannelRecord channel, OutboxEntry entry, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        var notification = entry.Notification;
        if (await log.AskBeforeAsync(entry, DeferralCause.Sender, cancellationToken) is { } known)
            return known;
        // This silo may not know another silo's newest key until tomorrow.
        if (await secrets.ReadAsync(channel.Protected) is not { } target)
            return new DeliveryResult.Deferred("Its address cannot be read any more: enter it again.");
        if (TryCompose(recipient, channel, notification) is not { } message)
            return new DeliveryResult.Deferred("The message could not be made.", DeferralCause.Compose);
        var result = await TryAsync(Of(channel.Kind), target, message, isWanted, cancellationToken);
        if (result is DeliveryResult.Accepted)
            await RecordAsync(new DeliveryRecord(notification.Id, recipient.UserId, notification.Kind, message.Title,
                clock.GetUtcNow(), entry.Attempts + 1), notification);
        return result;
    }

    /// <summary>
    /// An unexpected exception counts as a message that cannot be composed. It stops neither the channel nor the user's other work.
    /// </summary>
    async Task<DeliveryResult> TryAsync(
        INotificationChannel to, ChannelTarget target, ChannelMessage message, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        try
        {
            return await to.SendAsync(target, message, isWanted, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotComposed(message.Id, fault.GetType(), fault.StackTrace);
            return new DeliveryResult.Deferred("The message could not be sent.", DeferralCause.Compose);
        }
    }

    ChannelMessage? TryCompose(MailRecipient recipient, ChannelRecord channel, Notification notification)
    {
        try
        {
            return composer.Compose(recipient, channel, notification);
        }
        catch (Exception fault)
        {
            // The exception's message may contain the address.
            LogNotComposed(notification.Id, fault.GetType(), fault.StackTrace);
            return null;
        }
    }

    async Task RecordAsync(DeliveryRecord record, Notification notification)
    {
        if (await log.TryRecordAsync(record, DeliveredContent.Of(notification)) is not { } fault)
            return;
        metrics.LeftUnrecorded();
        LogUnrecorded(fault, record.NotificationId);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {NotificationId} to {Channel} deferred at attempt {Attempt}: {Reason}")]
    partial void LogDeferred(string notificationId, ChannelKind channel, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {NotificationId} could not be made: {Fault}\n{StackTrace}")]
    partial void LogNotComposed(string notificationId, Type fault, string? stackTrace);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Message {NotificationId} was accepted but could not be recorded; a crash now would repeat it")]
    partial void LogUnrecorded(Exception fault, string notificationId);
}
