namespace Alerts.Mail.Smtp;

/// <summary>Whom or what the server refuses for good.</summary>
enum SmtpRefusalSubject
{
    /// <summary>The sender, which is this service: the mail waits until the operator has mended it.</summary>
    Sender,

    /// <summary>This mail: its content or its size, or a mailbox that has no room for it.</summary>
    Mail,

    /// <summary>The recipient's mailbox, which does not exist or is closed.</summary>
    Mailbox,
}
