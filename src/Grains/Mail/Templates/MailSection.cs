namespace Alerts.Mail.Templates;

/// <summary>What a mail says of one search.</summary>
public sealed record MailSection
{
    /// <summary>The phrase.</summary>
    public required string Heading { get; init; }

    /// <summary>The search as eBay's own page shows it.</summary>
    public required string Url { get; init; }

    /// <summary>Marketplace, counts and the age of the data in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>What else is to be said of the search, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The listings shown.</summary>
    public required IReadOnlyList<MailItem> Items { get; init; }

    /// <summary>"and 14 more", linked; null when all are shown.</summary>
    public MailLink? More { get; init; }

    /// <summary>Stops this search alone; null when the user has only one.</summary>
    public MailLink? Stop { get; init; }
}
