namespace Alerts.Mail.Templates;

/// <summary>A listing as a mail shows it.</summary>
public sealed record MailItem
{
    /// <summary>The seller's title.</summary>
    public required string Title { get; init; }

    /// <summary>Its page.</summary>
    public required string Url { get; init; }

    /// <summary>Its picture; null when it has none.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Why it is here, in a word or two; null in lists of what there is.</summary>
    public string? Badge { get; init; }

    /// <summary>True when the badge tells of a fallen price.</summary>
    public bool IsDrop { get; init; }

    /// <summary>The price, in the marketplace's currency.</summary>
    public required string Price { get; init; }

    /// <summary>The seller's own price where it was converted, and the price last told where it changed; null when there is neither.</summary>
    public string? PriceNote { get; init; }

    /// <summary>The price over the last days as bars; null except in insights.</summary>
    public MailChart? Chart { get; init; }

    /// <summary>Shipping, condition, bids, end.</summary>
    public required string Details { get; init; }
}
