namespace Alerts.Mail.Templates;

/// <summary>The part of a mail about one search.</summary>
public sealed record MailSection
{
    /// <summary>The phrase.</summary>
    public required string Heading { get; init; }

    /// <summary>The same search on eBay's own page.</summary>
    public required string Url { get; init; }

    /// <summary>Marketplace, counts and the age of the data in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>Further sentences about the search.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The listings shown.</summary>
    public required IReadOnlyList<MailItem> Items { get; init; }

    /// <summary>The link "and 14 more"; null when all are shown.</summary>
    public MailLink? More { get; init; }

    /// <summary>The link that stops only this search; null when the user has only one.</summary>
    public MailLink? Stop { get; init; }
}
