using System.Buffers;

namespace Alerts.Demo.Mailbox;

/// <summary>
/// Reads a message after DATA: finds its end, takes the stuffed dots out, and watches the limits. Fed with whatever came
/// over the wire, it says how much of it is used up.
/// </summary>
/// <remarks>
/// Only CRLF . CRLF ends a message. A bare LF or CR never does, and a message with one is refused as a whole: two servers
/// that read such line ends differently are how mails are smuggled.
/// </remarks>
sealed class MailDataScanner(int maxBytes, bool keep)
{
    /// <summary>Longest line with its CRLF (RFC 5321 4.5.3.1.6).</summary>
    public const int MaxLineBytes = 1_000;

    /// <summary>A buffer grown above this is given back after its mail.</summary>
    const int MaxIdleBufferBytes = 256 * 1024;

    ArrayBufferWriter<byte> message = new();
    bool atLineStart = true;
    long size;

    /// <summary>The message so far, dots unstuffed; empty where it is not kept or was too large.</summary>
    public ReadOnlySpan<byte> Message => message.WrittenSpan;

    /// <summary>Why the message is refused once its end is reached; null when it is fine.</summary>
    public byte[]? Refusal { get; private set; }

    /// <summary>Bytes read in all; it goes on counting past the limit.</summary>
    public long Size => size;

    public void Reset()
    {
        if (message.Capacity > MaxIdleBufferBytes)
            message = new ArrayBufferWriter<byte>();
        message.ResetWrittenCount();
        atLineStart = true;
        size = 0;
        Refusal = null;
    }

    /// <summary>Takes complete lines off <paramref name="input"/>; true when the message ended at <paramref name="consumed"/>.</summary>
    public bool Read(ReadOnlySpan<byte> input, out int consumed)
    {
        consumed = 0;
        while (true)
        {
            var rest = input[consumed..];
            var lineFeed = rest.IndexOf((byte)'\n');
            if (lineFeed < 0)
            {
                consumed += PartOfLongLine(rest);
                return false;
            }
            var line = rest[..(lineFeed + 1)];
            consumed += line.Length;
            if (atLineStart && line.SequenceEqual(".\r\n"u8))
                return true;
            Line(line);
        }
    }

    void Line(ReadOnlySpan<byte> line)
    {
        var endsInCrLf = line.Length >= 2 && line[^2] == '\r';
        if (!endsInCrLf || line[..^2].Contains((byte)'\r'))
            Refuse(SmtpReply.BareNewline);
        if (line.Length > MaxLineBytes)
            Refuse(SmtpReply.TextLineTooLong);
        Append(atLineStart && line[0] == '.' ? line[1..] : line);
        atLineStart = endsInCrLf;
    }

    /// <summary>A line without an end in sight is taken off the buffer as it comes, but for a last CR that may be half of its end.</summary>
    int PartOfLongLine(ReadOnlySpan<byte> rest)
    {
        if (rest.Length <= MaxLineBytes)
            return 0;
        Refuse(SmtpReply.TextLineTooLong);
        var part = rest[^1] == '\r' ? rest[..^1] : rest;
        Append(part);
        atLineStart = false;
        return part.Length;
    }

    void Append(ReadOnlySpan<byte> bytes)
    {
        size += bytes.Length;
        if (size > maxBytes)
            Refuse(SmtpReply.MessageTooLarge);
        else if (keep)
            message.Write(bytes);
    }

    /// <summary>The first reason stands.</summary>
    void Refuse(byte[] reply) => Refusal ??= reply;
}
