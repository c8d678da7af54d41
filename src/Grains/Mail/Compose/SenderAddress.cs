using System.Globalization;
using MimeKit;

namespace Alerts.Mail.Compose;

/// <summary>The sender of all mails, and the domain that names them.</summary>
static class SenderAddress
{
    static readonly IdnMapping idn = new();

    public static bool IsValid(string from) =>
        MailboxAddress.TryParse(from, out var parsed) && parsed.Domain.Contains('.', StringComparison.Ordinal);

    public static MailboxAddress Parse(string from) => MailboxAddress.Parse(from);

    /// <summary>The ASCII form of the sender's domain.</summary>
    public static string DomainOf(MailboxAddress from) => idn.GetAscii(from.Domain);
}
