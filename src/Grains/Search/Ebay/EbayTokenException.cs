namespace Alerts.Search.Ebay;

/// <summary>eBay gave no token: wrong client id or secret, account-deletion notices not set up, or eBay cannot be reached.</summary>
[GenerateSerializer, Alias("Alerts.EbayTokenException")]
public sealed class EbayTokenException(string message, DateTimeOffset? retryAt = null) : Exception(message)
{
    /// <summary>No token is requested before this moment; null when unknown.</summary>
    [Id(0)] public DateTimeOffset? RetryAt { get; } = retryAt;
}
