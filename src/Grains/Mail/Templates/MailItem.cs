namespace Alerts.Mail.Templates;

/// <summary>A listing in a mail.</summary>
public sealed record MailItem
{
    /// <summary>The seller's title.</summary>
    public required string Title { get; init; }

    /// <summary>The listing's page.</summary>
    public required string Url { get; init; }

    /// <summary>Its picture; null when it has none.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>The reason in a word or two; null in lists of all results.</summary>
    public string? Badge { get; init; }

    /// <summary>True when the badge is about a price drop.</summary>
    public bool IsDrop { get; init; }

    /// <summary>The price, in the marketplace's currency.</summary>
    public required string Price { get; init; }

    /// <summary>The seller's own price if it was converted, and the previously named price if it changed; otherwise null.</summary>
    public string? PriceNote { get; init; }

    /// <summary>The price over the last days as bars; null except in insights.</summary>
    public MailChart? Chart { get; init; }

    /// <summary>Shipping, condition, bids, end.</summary>
    public required string Details { get; init; }
}
