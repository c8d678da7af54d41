namespace Alerts.Mail.Templates;

/// <summary>The whole content of a mail in its reader's language. HTML and text are two forms of it.</summary>
public sealed record MailModel
{
    /// <summary>The mail's subject and heading.</summary>
    public required string Subject { get; init; }

    /// <summary>The line that mailboxes show behind the subject.</summary>
    public required string Preview { get; init; }

    /// <summary>Sentences before the listings.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>The main action, as a button; null without one.</summary>
    public MailLink? Action { get; init; }

    /// <summary>One section for each search.</summary>
    public IReadOnlyList<MailSection> Sections { get; init; } = [];

    /// <summary>Why this mail came, and which time zone its times are in.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The language of the words, for programs that read them out.</summary>
    public required string Language { get; init; }

    /// <summary><c>ltr</c> or <c>rtl</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Who runs the service, line by line; empty when not configured.</summary>
    public IReadOnlyList<string> Operator { get; init; } = [];

    /// <summary>Exceptions from listings that are shown without the faulty part; for the log.</summary>
    public IReadOnlyList<Exception> Faults { get; init; } = [];

    /// <summary>The links to manage and unsubscribe that this kind of mail has.</summary>
    public IReadOnlyList<MailLink> Links { get; init; } = [];
}
