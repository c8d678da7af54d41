namespace Alerts.Demo.Mailbox;

/// <summary>What came where a command line was expected.</summary>
enum SmtpLineKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A line over the limit; it was read to its end and dropped.</summary>
    TooLong,

    /// <summary>A line with control characters, a bare CR or LF among them.</summary>
    Malformed,

    /// <summary>The client is gone.</summary>
    End,
}

/// <summary>One line from the client, without its CRLF.</summary>
readonly record struct SmtpLine(SmtpLineKind Kind, string Text);
