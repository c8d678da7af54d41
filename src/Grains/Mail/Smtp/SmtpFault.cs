using System.Text.RegularExpressions;
using Alerts.Outbox;
using MailKit.Net.Smtp;
using MimeKit;

namespace Alerts.Mail.Smtp;

/// <summary>
/// What a failed conversation with the SMTP server means for the mail: the one place where permanent and transient are told apart.
/// Pure. A fault of the service itself (greeting, STARTTLS, AUTH, the sender's address) is never held against a mail or its
/// recipient: the mail waits until the operator has mended it.
/// </summary>
static partial class SmtpFault
{
    const int LongestReason = 300;

    /// <summary>The result for a mail of an exception that MailKit threw while sending it.</summary>
    /// <param name="fault">The exception.</param>
    /// <param name="recipient">The address, which is taken out of the server's words.</param>
    public static DeliveryResult ResultOf(Exception fault, MailboxAddress recipient) => fault switch
    {
        SmtpCommandException { StatusCode: >= (SmtpStatusCode)500 } refusal when IsAboutTheMail(refusal) =>
            new DeliveryResult.Refused(Reason(refusal, recipient), IsDeadAddress(refusal)),
        SmtpCommandException answer => new DeliveryResult.Deferred(Reason(answer, recipient)),
        _ => new DeliveryResult.Deferred(Reason(fault, recipient)),
    };

    /// <summary>The server's words with its status code, without the address.</summary>
    public static string Reason(Exception fault, MailboxAddress recipient) => fault is SmtpCommandException answer
        ? Strip($"{(int)answer.StatusCode} {answer.Message}", recipient)
        : Strip(fault.Message, recipient);

    static bool IsAboutTheMail(SmtpCommandException refusal) => refusal.ErrorCode switch
    {
        // Too large is said in answer to MAIL FROM (RFC 1870); every other refusal there is about the sender, which is us.
        SmtpErrorCode.SenderNotAccepted => refusal.StatusCode is SmtpStatusCode.ExceededStorageAllocation,
        _ => true,
    };

    /// <summary>
    /// RFC 3463: 5.1.x is about addressing, apart from 5.1.7 and 5.1.8, which are about the sender's; 5.2.1 is a closed mailbox.
    /// A server without enhanced codes refuses an unknown recipient with 550, 551 or 553 (RFC 5321, 4.2.3).
    /// Policy (5.7.x), a full mailbox (5.2.2) and a refused content leave the address alive.
    /// </summary>
    static bool IsDeadAddress(SmtpCommandException refusal)
    {
        var enhanced = EnhancedStatus().Match(refusal.Message);
        if (enhanced.Success)
            return enhanced.Groups[1].Value is "1" && enhanced.Groups[2].Value is not ("7" or "8")
                || enhanced.Groups[1].Value is "2" && enhanced.Groups[2].Value is "1";
        return refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted && (int)refusal.StatusCode is 550 or 551 or 553;
    }

    static string Strip(string words, MailboxAddress recipient)
    {
        words = AnyAddress().Replace(words, "(address)");
        var local = recipient.LocalPart;
        if (local.Length > 2)
            words = Regex.Replace(words, $@"(?<!\w){Regex.Escape(local)}(?!\w)", "(address)", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        words = Templates.MailSubject.Clean(words);
        return words.Length <= LongestReason ? words : words[..LongestReason];
    }

    [GeneratedRegex(@"^5\.(\d{1,3})\.(\d{1,3})\b")]
    private static partial Regex EnhancedStatus();

    [GeneratedRegex(@"[^\s<>()\[\]:;,""]+@[^\s<>()\[\]:;,""]+")]
    private static partial Regex AnyAddress();
}
