namespace Alerts.Demo.Marketplace;

/// <summary>The endpoints a <see cref="MarketplaceFault"/> can strike.</summary>
public enum MarketplaceEndpoint
{
    /// <summary>item_summary/search.</summary>
    Search,

    /// <summary>oauth2/token.</summary>
    Token,

    /// <summary>rate_limit.</summary>
    RateLimit,
}
