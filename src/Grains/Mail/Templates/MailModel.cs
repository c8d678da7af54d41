namespace Alerts.Mail.Templates;

/// <summary>Everything a mail says, in the words its reader sees: the HTML and the text are two forms of this.</summary>
public sealed record MailModel
{
    /// <summary>What happened; the mail's subject and heading.</summary>
    public required string Subject { get; init; }

    /// <summary>The line that mailboxes show behind the subject.</summary>
    public required string Preview { get; init; }

    /// <summary>Sentences before the listings.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>The one thing to do, as a button; null when there is nothing.</summary>
    public MailLink? Action { get; init; }

    /// <summary>One section a search.</summary>
    public IReadOnlyList<MailSection> Sections { get; init; } = [];

    /// <summary>Why this mail came, and in which time zone its times are.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The language of the words, for programs that read them out.</summary>
    public required string Language { get; init; }

    /// <summary><c>ltr</c> or <c>rtl</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Who runs the service, a line each; empty when that is not set.</summary>
    public IReadOnlyList<string> Operator { get; init; } = [];

    /// <summary>Faults of listings that are shown without what caused them, for the log.</summary>
    public IReadOnlyList<Exception> Faults { get; init; } = [];

    /// <summary>Manage and unsubscribe, as far as this kind of mail has them.</summary>
    public IReadOnlyList<MailLink> Links { get; init; } = [];
}
