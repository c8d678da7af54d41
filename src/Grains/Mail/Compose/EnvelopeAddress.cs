using System.Globalization;
using System.Text;
using MimeKit;

namespace Alerts.Mail.Compose;

/// <summary>An address in the form that SMTP needs. Pure.</summary>
static class EnvelopeAddress
{
    static readonly IdnMapping idn = new() { UseStd3AsciiRules = false };

    /// <summary>
    /// If the local part is ASCII, the domain is converted to the name service's form (A-label), which every server accepts. A local part
    /// outside ASCII needs SMTPUTF8 (RFC 6531); then the domain stays as written.
    /// </summary>
    public static MailboxAddress Of(MailboxAddress address) =>
        Ascii.IsValid(address.LocalPart) && !Ascii.IsValid(address.Domain)
            ? new MailboxAddress(address.Name, $"{address.LocalPart}@{idn.GetAscii(address.Domain)}")
            : address;
}
