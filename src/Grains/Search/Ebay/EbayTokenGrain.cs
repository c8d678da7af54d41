using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Search.Ebay;

/// <summary>Mints and keeps the cluster's token, in memory: a restart costs one of the day's thousand.</summary>
public sealed partial class EbayTokenGrain(IEbayIdentityApi identity, IOptions<EbayOptions> options, TimeProvider clock, ILogger<EbayTokenGrain> logger)
    : Grain, IEbayTokenGrain
{
    static readonly TimeSpan renewBeforeExpiry = TimeSpan.FromMinutes(5);

    EbayToken? token;

    public async Task<EbayToken> GetAsync(string? refused)
    {
        if (token is null || token.Value == refused || clock.GetUtcNow() >= token.RenewAt)
            token = await MintAsync();
        return token;
    }

    async Task<EbayToken> MintAsync()
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{options.Value.ClientSecret}"));
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = "https://api.ebay.com/oauth/api_scope",
        };
        try
        {
            using var response = await identity.MintAsync($"Basic {credentials}", form, CancellationToken.None);
            if (response is { IsSuccessful: true, Content: { } minted })
            {
                LogMinted();
                var lifetime = TimeSpan.FromSeconds(minted.ExpiresInSeconds);
                return new EbayToken(minted.AccessToken, clock.GetUtcNow() + (lifetime > 2 * renewBeforeExpiry ? lifetime - renewBeforeExpiry : lifetime / 2));
            }

            throw new EbayTokenException($"eBay gave no token ({(int?)response.StatusCode}): check Alerts:Ebay:ClientId and ClientSecret, and that account-deletion notices are set up.");
        }
        catch (Exception fault) when (fault is not EbayTokenException)
        {
            LogUnreachable(fault);
            throw new EbayTokenException("eBay's token endpoint could not be reached.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "New eBay application token minted")]
    partial void LogMinted();

    [LoggerMessage(Level = LogLevel.Warning, Message = "eBay's token endpoint could not be reached")]
    partial void LogUnreachable(Exception fault);
}
