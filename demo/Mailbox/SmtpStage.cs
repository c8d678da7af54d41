namespace Alerts.Demo.Mailbox;

/// <summary>The points of an SMTP conversation at which a test can hold it or a fault can strike, in their order.</summary>
public enum SmtpStage
{
    /// <summary>A client has connected; the greeting is not sent yet.</summary>
    Connect,

    /// <summary>EHLO or HELO was read.</summary>
    Hello,

    /// <summary>AUTH was read.</summary>
    Auth,

    /// <summary>MAIL FROM was read.</summary>
    Mail,

    /// <summary>RCPT TO was read.</summary>
    Rcpt,

    /// <summary>DATA was read; 354 is not sent yet.</summary>
    Data,

    /// <summary>The first bytes of the message are there, its end is not looked for yet.</summary>
    Body,

    /// <summary>The final dot was read; the mail is not accepted yet.</summary>
    AfterDot,

    /// <summary>The mail is accepted and kept; the reply is not sent yet.</summary>
    Accepted,

    /// <summary>NOOP was read: a client asks whether the server is still there. It may come between any two mails.</summary>
    Noop,
}
