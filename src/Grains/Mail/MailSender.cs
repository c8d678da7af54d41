using System.Diagnostics;
using Alerts.Email;
using Alerts.Mail.Compose;
using Alerts.Mail.Log;
using Alerts.Mail.Smtp;
using Alerts.Outbox;
using Alerts.State;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Alerts.Mail;

/// <summary>
/// Delivers what a user's outbox holds: asks the log when the mail may have left before, composes, waits for its turn, transmits, and
/// records that the server took it. Safe for concurrent use.
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

    /// <summary>Tries a mail once. When to try again is <see cref="RetrySchedule"/>'s decision.</summary>
    /// <param name="recipient">Whom it is for.</param>
    /// <param name="entry">What to send, written to the user's state before.</param>
    /// <param name="isWanted">Asked on any thread when the mail's turn has come: whether it may still be sent.</param>
    /// <param name="cancellationToken">Gives up; the server may have taken the mail, so the entry has to be claimed before it is sent again.</param>
    /// <returns>Never a fault of the server, the network or the delivery log as an exception.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DeliveryResult> SendAsync(MailRecipient recipient, OutboxEntry entry, Func<bool> isWanted, CancellationToken cancellationToken)
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

    async Task<DeliveryResult> AttemptAsync(MailRecipient recipient, OutboxEntry entry, Func<bool> isWanted, CancellationToken cancellationToken)
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
            notification.Id, recipient.UserId, notification.Kind, message.Subject ?? "", clock.GetUtcNow(), entry.Attempts + 1)), cancellationToken);
    }

    /// <summary>The mail; null when it cannot be made, which is our fault and must not end the user's run.</summary>
    async Task<MimeMessage?> TryComposeAsync(MailRecipient recipient, Notification notification)
    {
        try
        {
            return await composer.ComposeAsync(recipient, notification);
        }
        catch (Exception fault)
        {
            // Its own words may have the address in them.
            LogNotComposed(notification.Id, fault.GetType(), fault.StackTrace);
            return null;
        }
    }

    async Task RecordAsync(DeliveryRecord record)
    {
        if (await log.TryRecordAsync(record) is not { } fault)
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

    /// <summary>Once an hour at most: while the fault lasts, every mail meets it.</summary>
    void Alert(string reason)
    {
        metrics.SenderRefused();
        var last = Volatile.Read(ref alertedAt);
        if ((last == 0 || clock.GetElapsedTime(last) >= alertEvery) && Interlocked.CompareExchange(ref alertedAt, clock.GetTimestamp(), last) == last)
            LogSenderRefused(reason);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail server refuses this service, not the recipients; mails wait until that is mended: {Reason}")]
    partial void LogSenderRefused(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {NotificationId} was taken by the server but could not be recorded; a crash now would repeat it")]
    partial void LogUnrecorded(Exception fault, string notificationId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {NotificationId} could not be made: {Fault}\n{StackTrace}")]
    partial void LogNotComposed(string notificationId, Type fault, string? stackTrace);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {NotificationId} deferred at attempt {Attempt}: {Reason}")]
    partial void LogDeferred(string notificationId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {NotificationId} given up at attempt {Attempt}: {Reason}")]
    partial void LogGivenUp(string notificationId, int attempt, string reason);
}
