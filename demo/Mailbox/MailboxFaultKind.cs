namespace Alerts.Demo.Mailbox;

/// <summary>What a <see cref="MailboxFault"/> does when it strikes.</summary>
public enum MailboxFaultKind
{
    /// <summary>Answers with <see cref="MailboxFault.Code"/> and <see cref="MailboxFault.Text"/> instead of the true reply; 421 also closes.</summary>
    Reply,

    /// <summary>Resets the connection without a reply.</summary>
    Drop,

    /// <summary>Answers with bytes that are no SMTP reply.</summary>
    Garbage,

    /// <summary>Waits <see cref="MailboxFault.Delay"/>, then goes on as if nothing was.</summary>
    Delay,
}
