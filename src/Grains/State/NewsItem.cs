using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Alerts.Search;

namespace Alerts.State;

/// <summary>One listing of a mail.</summary>
public sealed record NewsItem
{
    /// <summary>Why it is in the mail.</summary>
    public required NewsKind Kind { get; init; }

    /// <summary>The listing as it was seen; without the seller's name.</summary>
    public required Listing Listing { get; init; }

    /// <summary>The price last told, in the seller's currency; null unless the price changed.</summary>
    public Money? PreviousPrice { get; init; }

    /// <summary>Other numbers the listing had while this waited to be told, by which the user's searches may know it; null when it had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<long>? FormerNumbers { get; init; }

    /// <summary>All numbers of the listing.</summary>
    [JsonIgnore]
    public IEnumerable<long> Numbers => [Listing.ListingNumber, .. FormerNumbers ?? []];

    /// <summary>What its price did over the last days; null except in insights.</summary>
    public PriceTrend? Trend { get; init; }
}
