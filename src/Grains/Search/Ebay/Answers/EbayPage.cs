using System.Collections.Immutable;

namespace Alerts.Search.Ebay.Answers;

/// <summary>A page of eBay's answer to a search.</summary>
/// <param name="Listings">The listings in eBay's order. Of several variations of a listing only the first is kept.</param>
/// <param name="Rows">Rows of the page, before variations were merged and bad rows left out.</param>
/// <param name="Total">How many listings match, by eBay's count.</param>
public sealed record EbayPage(ImmutableArray<Listing> Listings, int Rows, int Total)
{
    /// <summary>Rows that could not be read, by the item's id; null where that is unreadable too.</summary>
    public ImmutableArray<string?> BadRows { get; init; } = [];
}
