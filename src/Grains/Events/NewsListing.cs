using Alerts.Search;

namespace Alerts.Events;

/// <summary>A listing, and why its user is told of it.</summary>
/// <param name="ItemId">eBay's item id; the shared database has the rest.</param>
/// <param name="Reason"><c>listed</c>, <c>new</c>, <c>priceDrop</c> or <c>priceRise</c>.</param>
/// <param name="SellerPrice">The price in the seller's own currency.</param>
/// <param name="PreviousPrice">The price before; absent unless it changed.</param>
sealed record NewsListing(string ItemId, string Reason, Money SellerPrice, Money? PreviousPrice);
