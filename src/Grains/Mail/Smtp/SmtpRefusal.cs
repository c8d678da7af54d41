using System.Text.RegularExpressions;
using MailKit.Net.Smtp;

namespace Alerts.Mail.Smtp;

/// <summary>
/// Decides whom a permanent refusal (5xx) is about. Pure. The enhanced status code (RFC 3463) decides. Without a clear code, the words do.
/// In doubt it is the sender: a mail that waits a day for nothing does less harm than a person who gets no mails because of our fault.
/// </summary>
static partial class SmtpRefusal
{
    /// <param name="stage">The command that was refused: MAIL FROM, RCPT TO, or the message.</param>
    /// <param name="status">The reply code, 500 to 599.</param>
    /// <param name="text">The reply's text, with the enhanced code if it has one.</param>
    public static SmtpRefusalSubject SubjectOf(SmtpErrorCode stage, int status, string text)
    {
        var words = text.ReplaceLineEndings(" ");
        var code = EnhancedCode().Match(words) is { Success: true } match ? match.Groups[1].Value : null;
        if (stage is SmtpErrorCode.SenderNotAccepted)
            return status is 552 || code is "3.4" or "2.3" ? SmtpRefusalSubject.Mail : SmtpRefusalSubject.Sender;
        if (IsAboutMailbox(code, words))
            return SmtpRefusalSubject.Mailbox;
        if (IsAboutMail(code, status, words))
            return SmtpRefusalSubject.Mail;
        // After the message was sent, a refusal that does not mention the sender is about the mail.
        return stage is not SmtpErrorCode.RecipientNotAccepted && !SaysSender().IsMatch(words)
            ? SmtpRefusalSubject.Mail : SmtpRefusalSubject.Sender;
    }

    /// <summary>
    /// 5.1.x is about addresses; 5.1.7 and 5.1.8 about the sender's. 5.2.1 is a closed mailbox. For an unknown mailbox Exchange Online uses
    /// 5.4.1 and Outlook.com 5.5.0.
    /// </summary>
    static bool IsAboutMailbox(string? code, string words) => code switch
    {
        "1.1" or "1.2" or "1.3" or "1.4" or "1.6" or "1.10" => true,
        "2.1" => !SaysBusy().IsMatch(words),
        "1.0" or "5.0" => SaysMailbox().IsMatch(words) && !SaysSender().IsMatch(words),
        "4.1" => SaysMailbox().IsMatch(words) || words.Contains("recipient address rejected", StringComparison.OrdinalIgnoreCase),
        null or "0.0" => SaysMailbox().IsMatch(words) && !SaysSender().IsMatch(words),
        _ => false,
    };

    /// <summary>5.2.x except 5.2.1: the mailbox cannot accept this mail now. 5.3.4: the size. 5.6.x: the content.</summary>
    static bool IsAboutMail(string? code, int status, string words) => code switch
    {
        null or "0.0" => status is 552 || SaysFull().IsMatch(words),
        "3.4" => true,
        _ => code.StartsWith("2.", StringComparison.Ordinal) || code.StartsWith("6.", StringComparison.Ordinal),
    };

    [GeneratedRegex(@"(?<![\d.])5\.(\d{1,3}\.\d{1,3})(?!\d|\.\d)")]
    private static partial Regex EnhancedCode();

    /// <summary>Servers' words for a mailbox that does not exist or no longer exists.</summary>
    [GeneratedRegex(
        @"unknown (user|recipient|mailbox|local.?part|address)|not a (valid|known|local) (user|mailbox|recipient|address)|user not local"
        + @"|(recipient|address|mailbox|user|account)( address| name)? (is )?(unknown|not (known|found|allowed|available)|invalid|disabled)"
        + @"|(recipient|address|mailbox|user|account)( address| name)? (is )?(inactive|suspended|closed|expired|unavailable)"
        + @"|no such (user|recipient|mailbox|address|person|account|local)|no (mailbox|user|account) (here|by that|with that|found)"
        + @"|invalid (recipient|mailbox|user|address)|(mailbox|recipient|user|address|account|alias)( \S+)? (does not|doesn['’]?t) exist"
        + @"|user doesn['’]?t have an? \S+ account"
        + @"|account( that you tried to reach)? (does not exist|(is|has been) (disabled|closed|suspended))"
        + @"|unrout(e)?able address|no longer (valid|available|in use|active|accepts)|host unknown"
        + @"|(benutzer|empf.{1,2}nger|adresse|postfach).{0,40}(unbekannt|existiert nicht|nicht gefunden)"
        + @"|(utilisateur|adresse|bo.te|destinataire).{0,40}(inconnu|n'existe pas)"
        + @"|(usuario|destinatario|buz.n|direcci.n).{0,40}(desconocid|no existe)"
        + @"|(utente|destinatario|casella).{0,40}(sconosciut|inesistente|non esiste)|(gebruiker|adres).{0,40}(onbekend|bestaat niet)"
        + @"|(nieznany|nie istnieje|brak).{0,20}(u.ytkownik|odbiorc|skrzynk|konto)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysMailbox();

    /// <summary>Words about the sender, its server, its domain, its rights and its reputation.</summary>
    [GeneratedRegex(
        @"sender|verification failed for|\bspf\b|\bdkim\b|\bdmarc\b|\brbl\b|dnsbl|black.?list|block.?list|\bblocked\b|\bbanned\b"
        + @"|spamhaus|spamcop|barracuda|sorbs|relay(?!.?recipient)|not permitted|not allowed to|not authori[sz]ed|authenticat"
        + @"|reputation|reverse dns|\bptr\b|\brdns\b|client host|your (ip|host|server|network|domain|mail)|\bhelo\b|\behlo\b"
        + @"|policy|prohibited|junk ?mail|spam|too many|rate limit|tls (is )?required|starttls|from address|is not verified",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysSender();

    [GeneratedRegex("quota|(mailbox|inbox|storage).{0,20}(full|exceeded)|exceeded storage|too (large|big)|size limit",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysFull();

    [GeneratedRegex("at a rate|too many|temporar", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysBusy();
}
