using System.Text;
using MimeKit;

namespace Alerts.Mail.Compose;

/// <summary>
/// A body of a mail. Its encoding is chosen once, when it is made: seven bits, in lines of a permitted length. Every server accepts that,
/// and no server on the way has to change it. MailKit would choose again for each server; here the mail is the same over every connection.
/// </summary>
sealed class MailPart : TextPart
{
    /// <summary>Without the line break (RFC 5322, 2.1.1).</summary>
    const int MaxLineLength = 998;

    /// <remarks>The mail disposes <paramref name="utf8"/>.</remarks>
    public MailPart(string subtype, MemoryStream utf8) : base(subtype)
    {
        Content = new MimeContent(utf8);
        ContentType.Charset = "utf-8";
        if (!IsSevenBit(utf8.GetBuffer().AsSpan(0, (int)utf8.Length)))
            base.Prepare(EncodingConstraint.SevenBit, MaxLineLength);
    }

    /// <summary>Does nothing: the encoding is already chosen.</summary>
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
    {
    }

    /// <summary>
    /// Whether the text needs no encoding, as is usual for HTML. Vectorized, which is much faster than MimeKit's count of every byte.
    /// </summary>
    static bool IsSevenBit(ReadOnlySpan<byte> text)
    {
        if (!Ascii.IsValid(text))
            return false;
        for (int end; (end = text.IndexOf((byte)'\n')) >= 0; text = text[(end + 1)..])
            if (end > MaxLineLength)
                return false;
        return text.Length <= MaxLineLength;
    }
}
