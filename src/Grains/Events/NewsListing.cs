using Alerts.Search;

namespace Alerts.Events;

/// <summary>A listing of which a user is notified, and the reason.</summary>
/// <param name="ItemId">eBay's item id, by which the shared database has the rest.</param>
/// <param name="Reason"><c>listed</c>, <c>new</c>, <c>priceDrop</c> or <c>priceRise</c>.</param>
/// <param name="SellerPrice">The price in the seller's own currency.</param>
/// <param name="PreviousPrice">The price before; absent when it did not change.</param>
sealed record NewsListing(string ItemId, string Reason, Money SellerPrice, Money? PreviousPrice);
