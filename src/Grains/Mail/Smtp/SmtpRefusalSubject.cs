namespace Alerts.Mail.Smtp;

/// <summary>Whom or what the server refuses permanently.</summary>
enum SmtpRefusalSubject
{
    /// <summary>The sender, which is this service: the mail waits until the operator has corrected that.</summary>
    Sender,

    /// <summary>This mail: its content, its size, or a full mailbox.</summary>
    Mail,

    /// <summary>The recipient's mailbox: it does not exist or is closed.</summary>
    Mailbox,
}
