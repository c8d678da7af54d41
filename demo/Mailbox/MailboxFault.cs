using Alerts.Demo.Faults;

namespace Alerts.Demo.Mailbox;

/// <summary>One misbehaviour of the mailbox at one stage. Several may be on the board; the first that applies strikes.</summary>
public sealed record MailboxFault : Fault
{
    /// <summary>Longest <see cref="Delay"/>.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(10);

    /// <summary>What happens.</summary>
    public required MailboxFaultKind Kind { get; init; }

    /// <summary>Where it happens.</summary>
    public required SmtpStage Stage { get; init; }

    /// <summary>The reply code, 400 to 599; only for <see cref="MailboxFaultKind.Reply"/>.</summary>
    public int? Code { get; init; }

    /// <summary>The reply's text, an enhanced code first: <c>5.1.1 No such mailbox</c>. One line of printable ASCII.</summary>
    public string? Text { get; init; }

    /// <summary>How long to wait, in real time; only for <see cref="MailboxFaultKind.Delay"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Strikes only mails with this recipient (at RCPT: only this recipient); null: all. From RCPT on.</summary>
    public string? Recipient { get; init; }

    /// <summary>A reply instead of the true one. At <see cref="SmtpStage.Accepted"/> the mail is kept all the same.</summary>
    public static MailboxFault Reply(SmtpStage stage, int code, string text) =>
        new() { Kind = MailboxFaultKind.Reply, Stage = stage, Code = code, Text = text };

    /// <summary>
    /// A reset connection: at <see cref="SmtpStage.Body"/> in the middle of the message, at <see cref="SmtpStage.AfterDot"/> after
    /// it with the mail lost, at <see cref="SmtpStage.Accepted"/> with the mail kept and only the reply lost.
    /// </summary>
    public static MailboxFault Drop(SmtpStage stage) => new() { Kind = MailboxFaultKind.Drop, Stage = stage };

    /// <summary>Bytes that are no SMTP reply.</summary>
    public static MailboxFault Garbage(SmtpStage stage) => new() { Kind = MailboxFaultKind.Garbage, Stage = stage };

    /// <summary>A slow reply.</summary>
    public static MailboxFault Slow(SmtpStage stage, TimeSpan delay) =>
        new() { Kind = MailboxFaultKind.Delay, Stage = stage, Delay = delay };

    /// <inheritdoc />
    public override void Validate()
    {
        base.Validate();
        if (Kind is MailboxFaultKind.Reply && (Code is not (>= 400 and <= 599) || !IsOneLine(Text)))
            throw new ArgumentException("A reply needs a code from 400 to 599 and a text of one line of printable ASCII.");
        if (Kind is MailboxFaultKind.Delay && (Delay is null || Delay < TimeSpan.Zero || Delay > MaxDelay))
            throw new ArgumentException("A delay needs a time of at most ten minutes.");
        if (Stage is SmtpStage.Body && Kind is MailboxFaultKind.Reply or MailboxFaultKind.Garbage)
            throw new ArgumentException("Nothing is replied within the message; use drop or delay at this stage.");
        if (Recipient is not null && Stage < SmtpStage.Rcpt)
            throw new ArgumentException("The recipient is known only from the RCPT stage on.");
    }

    static bool IsOneLine(string? text) =>
        text is { Length: > 0 and <= 400 } && text.All(character => character is >= ' ' and <= '~');
}
