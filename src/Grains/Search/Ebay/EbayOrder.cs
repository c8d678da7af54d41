namespace Alerts.Search.Ebay;

/// <summary>The sort orders that eBay is asked for (Browse API, <c>sort</c>).</summary>
public enum EbayOrder
{
    /// <summary>Price with shipping, lowest first.</summary>
    Price,

    /// <summary>Creation date, newest first.</summary>
    NewlyListed,
}
