namespace Alerts.Search.Ebay;

/// <summary>The one application token of the whole cluster, key the client id: eBay allows 1,000 new ones a day.</summary>
[Alias("Alerts.IEbayTokenGrain")]
public interface IEbayTokenGrain : IGrainWithStringKey
{
    /// <summary>The current token, minted when there is none or its time has come.</summary>
    /// <param name="refused">A token that eBay refused, or null; if it is still the current one it is replaced.</param>
    /// <exception cref="EbayTokenException">eBay gave no token, or the circuit is open since it refused new ones.</exception>
    [Alias("GetAsync")]
    Task<EbayToken> GetAsync(string? refused);
}
