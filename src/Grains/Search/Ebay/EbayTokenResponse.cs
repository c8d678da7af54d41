using System.Text.Json.Serialization;

namespace Alerts.Search.Ebay;

/// <summary>eBay's answer to a token request.</summary>
public sealed record EbayTokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresInSeconds);
