using Refit;

namespace Alerts.Search.Ebay;

/// <summary>eBay's OAuth token endpoint (client credentials grant).</summary>
public interface IEbayIdentityApi
{
    /// <summary>Mints an application token; eBay allows 1,000 a day.</summary>
    [Post("/identity/v1/oauth2/token")]
    Task<IApiResponse<EbayTokenResponse>> MintAsync(
        [Header("Authorization")] string basicAuthorization,
        [Body(BodySerializationMethod.UrlEncoded)] IReadOnlyDictionary<string, string> form,
        CancellationToken cancellationToken);
}
