namespace Alerts.Search.Ebay;

/// <summary>An application token of eBay.</summary>
/// <param name="Value">The bearer token.</param>
/// <param name="RenewAt">When to request the next one, well before this one expires.</param>
[GenerateSerializer, Immutable, Alias("Alerts.EbayToken")]
public sealed record EbayToken([property: Id(0)] string Value, [property: Id(1)] DateTimeOffset RenewAt)
{
    /// <summary>Keeps the token out of logs.</summary>
    public override string ToString() => $"token until {RenewAt:u}";
}
