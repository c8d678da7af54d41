using System.Text;
using MimeKit;

namespace Alerts.Demo.Mailbox;

/// <summary>One mail as the mailbox accepted it: the envelope, and the message byte for byte with dots unstuffed.</summary>
public sealed class ReceivedMail
{
    readonly Lazy<MimeMessage> message;

    internal ReceivedMail(long sequence, string mailFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> raw, DateTimeOffset receivedAt, long connectionId)
    {
        Sequence = sequence;
        MailFrom = mailFrom;
        Recipients = recipients;
        Raw = raw;
        ReceivedAt = receivedAt;
        ConnectionId = connectionId;
        message = new Lazy<MimeMessage>(Parse);
    }

    /// <summary>1 for the first mail since the start; it goes on counting when the mailbox is cleared.</summary>
    public long Sequence { get; }

    /// <summary>The envelope's sender, empty for the null sender of a bounce.</summary>
    public string MailFrom { get; }

    /// <summary>The envelope's recipients in their order.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>The message as it was sent, headers included.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>When the final dot was read, on the server's clock.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>The SMTP connection it came over, 1 for the first since the start.</summary>
    public long ConnectionId { get; }

    /// <summary>The message, parsed at the first use and kept.</summary>
    public MimeMessage Message => message.Value;

    /// <summary>The decoded subject, empty when there is none.</summary>
    public string Subject => Message.Subject ?? "";

    /// <summary>The decoded HTML part; null when there is none.</summary>
    public string? HtmlBody => Message.HtmlBody;

    /// <summary>The decoded text part; null when there is none.</summary>
    public string? TextBody => Message.TextBody;

    /// <summary>The Message-ID without its angle brackets; null when there is none.</summary>
    public string? MessageId => Message.MessageId;

    MimeMessage Parse()
    {
        try
        {
            using var stream = new MemoryStream(Raw.ToArray(), writable: false);
            return MimeMessage.Load(stream);
        }
        catch (FormatException)
        {
            // Bytes without any header are accepted as they are on a real server; they show as text.
            var message = new MimeMessage { Body = new TextPart("plain") { Text = Encoding.UTF8.GetString(Raw.Span) } };
            message.Headers.Clear();
            return message;
        }
    }
}
