using Alerts.Configuration;
using Alerts.Mail.Templates;
using Alerts.State;
using Alerts.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Alerts.Mail.Compose;

/// <summary>Makes a mail of a notification: the same notification gives the same mail, whenever it is sent. Safe for concurrent use.</summary>
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
    readonly ILogger logger;

    /// <summary>Reads the settings that every mail shares.</summary>
    public MailComposer(
        IOptions<MailOptions> options, IOptions<AlertsOptions> alerts, IOptions<OperatorOptions> owner,
        LinkTokens tokens, IServiceProvider services, ILoggerFactory loggers)
    {
        from = EnvelopeAddress.Of(SenderAddress.Parse(options.Value.From));
        domain = SenderAddress.DomainOf(from);
        (publicUrl, reminderPeriod) = (alerts.Value.PublicUrl, alerts.Value.ReminderPeriod);
        this.owner = owner.Value;
        logger = loggers.CreateLogger<MailComposer>();
        this.tokens = tokens;
        renderer = new MailRenderer(services, loggers);
        signature = DkimSignature.From(options.Value, domain);
    }

    /// <summary>The mail, signed when a key is configured.</summary>
    public async Task<MimeMessage> ComposeAsync(MailRecipient recipient, Notification notification)
    {
        var links = new MailLinks(tokens, publicUrl, recipient, notification.CreatedAt);
        var model = new MailWriter(notification, recipient.Settings, links, owner, reminderPeriod).Write();
        foreach (var fault in model.Faults)
            LogNotShownInFull(notification.Id, fault.GetType(), fault.StackTrace);
        var message = new MimeMessage
        {
            // Set by hand, since it would else be added only when the mail is sent, after it was signed.
            MimeVersion = new Version(1, 0),
            Date = notification.CreatedAt,
            MessageId = $"{notification.Id}@{domain}",
            Subject = model.Subject,
            Body = new MultipartAlternative
            {
                new MailPart("plain", MailText.Render(model)),
                new MailPart("html", await renderer.RenderAsync(model)),
            },
        };
        // A copy: the list listens for changes of its addresses, so one shared address would hold on to every mail it was ever added to.
        message.From.Add(from.Clone());
        message.To.Add(EnvelopeAddress.Of(MailboxAddress.Parse(recipient.Settings.Email)));
        // Mails about one search answer to one root that was never sent, and all others of a user to another, so that mail programs show
        // them as threads.
        message.References.Add(notification.Sections is [var only] && notification.IsAlert
            ? $"{recipient.UserId}.{only.SearchId}@{domain}"
            : $"{recipient.UserId}@{domain}");
        message.Headers.Add(HeaderId.ListId, $"Product alerts <alerts.{domain}>");
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (MailWriter.HasUnsubscribe(notification.Kind))
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{(notification.Kind is NotificationKind.Insight ? links.UnsubscribeInsights : links.Unsubscribe)}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        signature?.Sign(message);
        return message;
    }

    /// <summary>Not the fault's own words, which may have the address in them.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "A listing of mail {NotificationId} could not be shown in full: {Fault}\n{StackTrace}")]
    partial void LogNotShownInFull(string notificationId, Type fault, string? stackTrace);
}
