namespace Alerts.Search.Ebay;

/// <summary>The one application token of the whole cluster; the key is the client id. eBay allows 1,000 new ones a day.</summary>
[Alias("Alerts.IEbayTokenGrain")]
public interface IEbayTokenGrain : IGrainWithStringKey
{
    /// <summary>The current token. Requests a new one when there is none or it is due for renewal.</summary>
    /// <param name="refused">A token that eBay refused, or null. If it is still the current one, it is replaced.</param>
    /// <exception cref="EbayTokenException">eBay gave no token, or the circuit is open because eBay refused new ones.</exception>
    [Alias("GetAsync")]
    Task<EbayToken> GetAsync(string? refused);
}
