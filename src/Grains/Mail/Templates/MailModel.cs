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

    /// <summary>Manage and unsubscribe, as far as this kind of mail has them.</summary>
    public IReadOnlyList<MailLink> Links { get; init; } = [];
}
