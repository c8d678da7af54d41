namespace Alerts.Search.Ebay;

/// <summary>eBay gave no token: wrong client id or secret, account-deletion notices not set up, or eBay away.</summary>
[GenerateSerializer, Alias("Alerts.EbayTokenException")]
public sealed class EbayTokenException(string message) : Exception(message);
