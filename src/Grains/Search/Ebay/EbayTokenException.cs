namespace Alerts.Search.Ebay;

/// <summary>eBay gave no token: wrong client id or secret, account-deletion notices not set up, or eBay away.</summary>
[GenerateSerializer, Alias("Alerts.EbayTokenException")]
public sealed class EbayTokenException(string message, DateTimeOffset? retryAt = null) : Exception(message)
{
    /// <summary>Until when no token is asked for; null when not known.</summary>
    [Id(0)] public DateTimeOffset? RetryAt { get; } = retryAt;
}
