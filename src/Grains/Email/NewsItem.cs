using Alerts.Insights;

namespace Alerts.Email;

/// <summary>One listing of a mail.</summary>
public sealed record NewsItem
{
    /// <summary>Why it is in the mail.</summary>
    public required NewsKind Kind { get; init; }

    /// <summary>The listing as it was seen; without the seller's name.</summary>
    public required Listing Listing { get; init; }

    /// <summary>The price last told, in the seller's currency; null unless the price changed.</summary>
    public Money? PreviousPrice { get; init; }

    /// <summary>What its price did over the last days; null except in insights.</summary>
    public PriceTrend? Trend { get; init; }
}
