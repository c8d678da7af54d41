using System.Text.Json.Serialization;
using Alerts.Search;
using Alerts.State.Memory;

namespace Alerts.State.Notifications;

/// <summary>One listing of a mail.</summary>
public sealed record NewsItem
{
    /// <summary>Why it is in the mail.</summary>
    public required NewsKind Kind { get; init; }

    /// <summary>The listing as it was seen; without the seller's name.</summary>
    public required Listing Listing { get; init; }

    /// <summary>The price it is compared with, in the seller's currency; null unless the price changed.</summary>
    public Money? PreviousPrice { get; init; }

    /// <summary>What the search remembered before the mail named the listing. Restored if the mail is not sent as it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SeenListing? Before { get; init; }

    /// <summary>Whether the listing is in the mail as an auction that ends soon, beside any other news about it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEnding { get; init; }

    /// <summary>Its price over the last days; null except in insights.</summary>
    public PriceTrend? Trend { get; init; }
}
