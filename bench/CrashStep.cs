namespace Alerts.Bench;

/// <summary>Where the process is killed.</summary>
enum CrashStep
{
    /// <summary>Up to 40 ms after eBay was asked: before the state is written, while it is, or after.</summary>
    Search,

    /// <summary>The mail is intended; MAIL FROM has come.</summary>
    BeforeData,

    /// <summary>In the middle of the message.</summary>
    DuringData,

    /// <summary>The message is whole, but the server has not taken it.</summary>
    AfterDot,

    /// <summary>The server has taken the mail; the node does not know.</summary>
    BeforeReply,

    /// <summary>Up to 40 ms after the server's answer: before the log has it, or after.</summary>
    AfterReply,

    /// <summary>A message to a channel is whole, but not taken.</summary>
    BeforeTaken,

    /// <summary>A channel has taken the message; the node does not know.</summary>
    Taken,

    /// <summary>Up to 40 ms after a channel's answer: before the log has it, or after.</summary>
    Answered,
}
