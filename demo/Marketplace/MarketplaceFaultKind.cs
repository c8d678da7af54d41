namespace Alerts.Demo.Marketplace;

/// <summary>What a <see cref="MarketplaceFault"/> does when it strikes.</summary>
public enum MarketplaceFaultKind
{
    /// <summary>401, as for a token that is no longer valid; at the token endpoint invalid_client.</summary>
    Unauthorized,

    /// <summary>429, with Retry-After when <see cref="MarketplaceFault.RetryAfter"/> is set.</summary>
    TooManyRequests,

    /// <summary>500 with eBay's error 12000.</summary>
    ServerError,

    /// <summary>Waits <see cref="MarketplaceFault.Delay"/>, then answers as if nothing was.</summary>
    Slow,

    /// <summary>200 with JSON that breaks off in the middle.</summary>
    Malformed,

    /// <summary>200 with a warning that the filter is invalid, and rows as if there was no filter; for searches.</summary>
    Warning,

    /// <summary>200 with a count of listings but none of them; for searches.</summary>
    Empty,

    /// <summary>400 with eBay's error 12023: more matches than eBay will sort; for searches.</summary>
    TooLarge,

    /// <summary>A connection reset without an answer.</summary>
    Reset,
}
