using System.Text;
using MimeKit;

namespace Alerts.Mail.Compose;

/// <summary>
/// A body of a mail, whose encoding for SMTP is chosen once, when it is made, and not again by what each server says it can do: seven bits in lines
/// of a permitted length, which every server takes and none on the way has to change. So it is the same mail over every connection.
/// </summary>
sealed class MailPart : TextPart
{
    /// <summary>Without the line break (RFC 5322, 2.1.1).</summary>
    const int LongestLine = 998;

    /// <summary>Takes what was written.</summary>
    /// <param name="subtype">plain or html.</param>
    /// <param name="utf8">The text; disposed with the mail.</param>
    public MailPart(string subtype, MemoryStream utf8) : base(subtype)
    {
        Content = new MimeContent(utf8);
        ContentType.Charset = "utf-8";
        if (!IsSevenBit(utf8.GetBuffer().AsSpan(0, (int)utf8.Length)))
            base.Prepare(EncodingConstraint.SevenBit, LongestLine);
    }

    /// <summary>Nothing is left to do.</summary>
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
    {
    }

    /// <summary>Whether it can go as it is, as HTML nearly always can. By vectors, which is much faster than to let MimeKit count every byte.</summary>
    static bool IsSevenBit(ReadOnlySpan<byte> text)
    {
        if (!Ascii.IsValid(text))
            return false;
        for (int end; (end = text.IndexOf((byte)'\n')) >= 0; text = text[(end + 1)..])
            if (end > LongestLine)
                return false;
        return text.Length <= LongestLine;
    }
}
