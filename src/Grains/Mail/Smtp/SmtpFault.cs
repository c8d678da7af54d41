using System.Text.RegularExpressions;
using Alerts.Outbox;
using MailKit.Net.Smtp;
using MimeKit;

namespace Alerts.Mail.Smtp;

/// <summary>What a failed SMTP dialogue means for the mail. Permanent and transient faults are told apart only here. Pure.</summary>
static partial class SmtpFault
{
    const int MaxReasonLength = 300;

    /// <summary>The result of an exception that MailKit threw while sending a mail.</summary>
    /// <param name="fault">The exception.</param>
    /// <param name="recipient">The address, which is removed from the server's words.</param>
    public static DeliveryResult ResultOf(Exception fault, MailboxAddress recipient)
    {
        var reason = Reason(fault, recipient);
        return fault is SmtpCommandException { StatusCode: >= (SmtpStatusCode)500 } answer
            ? SmtpRefusal.SubjectOf(answer.ErrorCode, (int)answer.StatusCode, answer.Message) switch
            {
                SmtpRefusalSubject.Mailbox => new DeliveryResult.Refused(reason, AddressIsDead: true),
                SmtpRefusalSubject.Mail => new DeliveryResult.Refused(reason, AddressIsDead: false),
                _ => new DeliveryResult.Deferred(reason, DeferralCause.Sender),
            }
            : new DeliveryResult.Deferred(reason);
    }

    /// <summary>The server's words with its status code, without the address.</summary>
    public static string Reason(Exception fault, MailboxAddress recipient) => fault is SmtpCommandException answer
        ? Strip($"{(int)answer.StatusCode} {answer.Message}", recipient)
        : Strip(fault.Message, recipient);

    static string Strip(string words, MailboxAddress recipient)
    {
        words = AnyAddress().Replace(words, "(address)");
        var local = recipient.LocalPart;
        if (local.Length > 2)
            words = Regex.Replace(words,
                $@"(?<!\w){Regex.Escape(local)}(?!\w)", "(address)", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        words = ShownText.Clean(words).Trim();
        return words.Length <= MaxReasonLength ? words : words[..MaxReasonLength];
    }

    [GeneratedRegex(@"[^\s<>()\[\]:;,""]+@[^\s<>()\[\]:;,""]+")]
    private static partial Regex AnyAddress();
}
