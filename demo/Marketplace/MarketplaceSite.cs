namespace Alerts.Demo.Marketplace;

/// <summary>One of eBay's national sites, with the currency and the country it shows by default.</summary>
sealed record MarketplaceSite(string Id, string Currency, string Country)
{
    static readonly MarketplaceSite UnitedStates = new("EBAY_US", "USD", "US");

    static readonly Dictionary<string, MarketplaceSite> Known = new MarketplaceSite[]
    {
        UnitedStates,
        new("EBAY_AT", "EUR", "AT"), new("EBAY_AU", "AUD", "AU"), new("EBAY_BE", "EUR", "BE"), new("EBAY_CA", "CAD", "CA"),
        new("EBAY_CH", "CHF", "CH"), new("EBAY_DE", "EUR", "DE"), new("EBAY_ES", "EUR", "ES"), new("EBAY_FR", "EUR", "FR"),
        new("EBAY_GB", "GBP", "GB"), new("EBAY_HK", "HKD", "HK"), new("EBAY_IE", "EUR", "IE"), new("EBAY_IT", "EUR", "IT"),
        new("EBAY_MY", "MYR", "MY"), new("EBAY_NL", "EUR", "NL"), new("EBAY_PH", "PHP", "PH"), new("EBAY_PL", "PLN", "PL"),
        new("EBAY_SG", "SGD", "SG"), new("EBAY_TW", "TWD", "TW"), new("EBAY_MOTORS_US", "USD", "US"),
    }.ToDictionary(site => site.Id);

    /// <summary>Whether business sellers are told from others.</summary>
    public bool HasAccountTypes => Id is "EBAY_DE" or "EBAY_AT" or "EBAY_CH" or "EBAY_FR" or "EBAY_IT" or "EBAY_ES" or "EBAY_GB" or "EBAY_IE" or "EBAY_NL" or "EBAY_BE" or "EBAY_PL";

    /// <summary>The site of a X-EBAY-C-MARKETPLACE-ID header; a missing or unknown one silently becomes EBAY_US, as on eBay.</summary>
    public static MarketplaceSite Of(string? header) => header is not null && Known.TryGetValue(header, out var site) ? site : UnitedStates;
}
