using Microsoft.Extensions.Options;

namespace Alerts.Search.Ebay;

/// <summary>This silo's copy of the cluster's token, so that a search costs no extra hop.</summary>
public sealed class EbayTokenCache(IGrainFactory grains, IOptions<EbayOptions> options, TimeProvider clock)
{
    volatile EbayToken? copy;

    /// <summary>The current token.</summary>
    /// <param name="refused">A token eBay answered 401 to, or null.</param>
    public async Task<string> GetAsync(string? refused)
    {
        if (copy is { } token && token.Value != refused && clock.GetUtcNow() < token.RenewAt)
            return token.Value;
        var fresh = await grains.GetGrain<IEbayTokenGrain>(options.Value.ClientId).GetAsync(refused);
        copy = fresh;
        return fresh.Value;
    }
}
