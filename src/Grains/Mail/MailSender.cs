using System.Diagnostics;
using Alerts.Email;
using Alerts.Mail.Compose;
using Alerts.Mail.Log;
using Alerts.Mail.Smtp;
using Alerts.Outbox;
using Alerts.State;
using Alerts.State.Notifications;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Alerts.Mail;

/// <summary>
/// Delivers the entries of a user's outbox. It asks the log first if the mail may have been sent before, composes the mail, waits for its
/// turn, transmits it, and records the acceptance. Safe for concurrent use.
/// </summary>
public sealed partial class MailSender(
    MailComposer composer,
    SendRates rates,
    SmtpConnectionPool connections,
    AlikeRefusals refusals,
    DeliveryLog log,
    DeliveryFailures failures,
    MailMetrics metrics,
    TimeProvider clock,
    ILogger<MailSender> logger)
{
    static readonly TimeSpan alertEvery = TimeSpan.FromHours(1);
    long alertedAt;

    /// <summary>Tries a mail once. <see cref="RetrySchedule"/> decides when to try again.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="entry">The entry to send; it stands in the stored user's state.</param>
    /// <param name="isWanted">Asked on any thread when the mail's turn has come: whether it may still be sent.</param>
    /// <param name="cancellationToken">Gives up. The server may have accepted the mail: claim the entry before it is sent again.</param>
    /// <returns>The result. A fault of the server, the network or the delivery log is a result, never an exception.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DeliveryResult> SendAsync(MailRecipient recipient, OutboxEntry entry, Func<bool> isWanted,
        CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("send mail", ActivityKind.Client);
        var start = clock.GetTimestamp();
        var result = refusals.Judge(await AttemptAsync(recipient, entry, isWanted, cancellationToken), recipient.Settings.Email);
        activity?.SetTag(Telemetry.ResultTag, MailMetrics.NameOf(result));
        metrics.Attempted(result, took: clock.GetElapsedTime(start), age: clock.GetUtcNow() - entry.Notification.CreatedAt);
        if (result is DeliveryResult.Deferred deferred)
            NoteFailure(recipient, entry, deferred.Reason, isFinal: RetrySchedule.IsOver(entry, deferred.Cause, clock.GetUtcNow()));
        else if (result is DeliveryResult.Refused refused)
            NoteFailure(recipient, entry, refused.Reason, isFinal: true);
        if (result is DeliveryResult.Deferred { Cause: DeferralCause.Sender } ours)
            Alert(ours.Reason);
        return result;
    }

    async Task<DeliveryResult> AttemptAsync(MailRecipient recipient, OutboxEntry entry, Func<bool> isWanted,
        CancellationToken cancellationToken)
    {
        var notification = entry.Notification;
        if (await log.AskBeforeAsync(entry, DeferralCause.Server, cancellationToken) is { } known)
            return known;
        using var message = await TryComposeAsync(recipient, notification);
        if (message is null)
            return new DeliveryResult.Deferred("The mail could not be made; the log of the silo says why.", DeferralCause.Compose);
        if (!await rates.WaitAsync(message.To.Mailboxes.Single().Domain, cancellationToken))
            return new DeliveryResult.Deferred("The rate of mails that is set leaves no room for it now.");
        return await connections.TransmitAsync(message, isWanted, () => RecordAsync(new DeliveryRecord(
            notification.Id, recipient.UserId, notification.Kind, message.Subject ?? "", clock.GetUtcNow(), entry.Attempts + 1),
                notification), cancellationToken);
    }

    /// <summary>The mail; null when it cannot be composed. That is our fault and must not end the user's run.</summary>
    async Task<MimeMessage?> TryComposeAsync(MailRecipient recipient, Notification notification)
    {
        try
        {
            return await composer.ComposeAsync(recipient, notification);
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

    void NoteFailure(MailRecipient recipient, OutboxEntry entry, string reason, bool isFinal)
    {
        failures.Add(new DeliveryFailure
        {
            At = clock.GetUtcNow(),
            UserId = recipient.UserId,
            NotificationId = entry.Notification.Id,
            Kind = entry.Notification.Kind,
            Attempt = entry.Attempts + 1,
            IsFinal = isFinal,
            Reason = reason,
            MadeAt = entry.Notification.CreatedAt,
            IsWaiting = !isFinal,
        });
        if (isFinal)
        {
            metrics.GaveUp();
            LogGivenUp(entry.Notification.Id, entry.Attempts + 1, reason);
        }
        else
        {
            LogDeferred(entry.Notification.Id, entry.Attempts + 1, reason);
        }
    }

    /// <summary>At most once an hour: every mail meets the same fault while it lasts.</summary>
    void Alert(string reason)
    {
        metrics.SenderRefused();
        var last = Volatile.Read(ref alertedAt);
        if ((last == 0 || clock.GetElapsedTime(last) >= alertEvery)
            && Interlocked.CompareExchange(ref alertedAt, clock.GetTimestamp(), last) == last)
            LogSenderRefused(reason);
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The mail server refuses this service, not the recipients; mails wait until the operator corrects that: {Reason}")]
    partial void LogSenderRefused(string reason);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Mail {NotificationId} was accepted by the server but could not be recorded; a crash now would repeat it")]
    partial void LogUnrecorded(Exception fault, string notificationId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {NotificationId} could not be made: {Fault}\n{StackTrace}")]
    partial void LogNotComposed(string notificationId, Type fault, string? stackTrace);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {NotificationId} deferred at attempt {Attempt}: {Reason}")]
    partial void LogDeferred(string notificationId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {NotificationId} given up at attempt {Attempt}: {Reason}")]
    partial void LogGivenUp(string notificationId, int attempt, string reason);
}
