using Alerts.Configuration;
using Alerts.Mail.Templates;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Alerts.Mail.Compose;

/// <summary>Makes a mail from a notification. The same notification always gives the same mail. Safe for concurrent use.</summary>
public sealed partial class MailComposer
{
    readonly MailboxAddress from;
    readonly string domain;
    readonly string publicUrl;
    readonly TimeSpan reminderPeriod;
    readonly LinkTokens tokens;
    readonly MailRenderer renderer;
    readonly DkimSignature? signature;
    readonly OperatorOptions owner;
    readonly Incarnation incarnation;
    readonly ILogger logger;

    public MailComposer(
        IOptions<MailOptions> options, IOptions<AlertsOptions> alerts, IOptions<OperatorOptions> owner,
        LinkTokens tokens, Incarnation incarnation, IServiceProvider services, ILoggerFactory loggers)
    {
        from = EnvelopeAddress.Of(SenderAddress.Parse(options.Value.From));
        domain = SenderAddress.DomainOf(from);
        (publicUrl, reminderPeriod) = (alerts.Value.PublicUrl, alerts.Value.ReminderPeriod);
        this.owner = owner.Value;
        logger = loggers.CreateLogger<MailComposer>();
        (this.tokens, this.incarnation) = (tokens, incarnation);
        renderer = new MailRenderer(services, loggers);
        signature = DkimSignature.From(options.Value, domain);
    }

    /// <summary>The mail, signed if a key is configured.</summary>
    public async Task<MimeMessage> ComposeAsync(MailRecipient recipient, Notification notification)
    {
        var links = new MailLinks(tokens, publicUrl, recipient, notification.CreatedAt);
        var model = new MailWriter(notification, recipient.Settings, links, owner, reminderPeriod).Write();
        foreach (var fault in model.Faults)
            LogNotShownInFull(notification.Id, fault.GetType(), fault.StackTrace);
        var message = new MimeMessage
        {
            // Set here: otherwise it would be added when the mail is sent, after it was signed.
            MimeVersion = new Version(1, 0),
            Date = notification.CreatedAt,
            MessageId = $"{incarnation.IdOf(notification.Id)}@{domain}",
            Subject = model.Subject,
            Body = new MultipartAlternative
            {
                new MailPart("plain", MailText.Render(model)),
                new MailPart("html", await renderer.RenderAsync(model)),
            },
        };
        // A copy: the list subscribes to changes of its addresses, so one shared address would keep every mail in memory.
        message.From.Add(from.Clone());
        message.To.Add(EnvelopeAddress.Of(MailboxAddress.Parse(recipient.Settings.Email)));
        // Mail programs group mails that refer to one root. Alerts about one search share a root per search, and all other mails of a user
        // share another. The roots were never sent.
        message.References.Add(notification.Sections is [var only] && notification.IsAlert
            ? $"{recipient.UserId}.{only.SearchId}@{domain}"
            : $"{recipient.UserId}@{domain}");
        message.Headers.Add(HeaderId.ListId, $"Product alerts <alerts.{domain}>");
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (MailWriter.HasUnsubscribe(notification.Kind))
        {
            message.Headers.Add(HeaderId.ListUnsubscribe,
                $"<{(notification.Kind is NotificationKind.Insight ? links.UnsubscribeInsights : links.Unsubscribe)}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        signature?.Sign(message);
        return message;
    }

    /// <summary>Without the exception's message, which may contain the address.</summary>
    [LoggerMessage(Level = LogLevel.Error,
        Message = "A listing of mail {NotificationId} could not be shown in full: {Fault}\n{StackTrace}")]
    partial void LogNotShownInFull(string notificationId, Type fault, string? stackTrace);
}
