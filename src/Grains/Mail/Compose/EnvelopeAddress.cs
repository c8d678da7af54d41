using System.Globalization;
using System.Text;
using MimeKit;

namespace Alerts.Mail.Compose;

/// <summary>An address as SMTP needs it. Pure.</summary>
static class EnvelopeAddress
{
    static readonly IdnMapping idn = new() { UseStd3AsciiRules = false };

    /// <summary>
    /// An address whose local part is ASCII has its domain as the name service knows it (A-label), which every server takes. Only a local
    /// part outside ASCII needs SMTPUTF8 (RFC 6531); then the domain stays as it was written.
    /// </summary>
    public static MailboxAddress Of(MailboxAddress address) =>
        Ascii.IsValid(address.LocalPart) && !Ascii.IsValid(address.Domain)
            ? new MailboxAddress(address.Name, $"{address.LocalPart}@{idn.GetAscii(address.Domain)}")
            : address;
}
