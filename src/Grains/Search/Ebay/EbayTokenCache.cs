using Microsoft.Extensions.Options;

namespace Alerts.Search.Ebay;

/// <summary>This silo's copy of the cluster's token, so that a search costs no call to its grain.</summary>
public sealed class EbayTokenCache(IGrainFactory grains, IOptions<EbayOptions> options, TimeProvider clock)
{
    volatile EbayToken? copy;

    /// <summary>Why there is no token while the circuit is open.</summary>
    volatile EbayTokenException? fault;

    /// <summary>The current token.</summary>
    /// <param name="refused">A token that eBay refused, or null.</param>
    /// <exception cref="EbayTokenException">There is no token.</exception>
    public async Task<string> GetAsync(string? refused)
    {
        if (copy is { } token && token.Value != refused && clock.GetUtcNow() < token.RenewAt)
            return token.Value;
        if (fault is { RetryAt: { } until } known && clock.GetUtcNow() < until)
            throw new EbayTokenException(known.Message, until);
        try
        {
            var fresh = await grains.GetGrain<IEbayTokenGrain>(options.Value.ClientId).GetAsync(refused ?? copy?.Value);
            (copy, fault) = (fresh, null);
            return fresh.Value;
        }
        catch (EbayTokenException refusal)
        {
            (copy, fault) = (null, refusal);
            throw;
        }
    }
}
