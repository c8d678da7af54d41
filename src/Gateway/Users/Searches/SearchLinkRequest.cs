namespace Alerts.Gateway.Users.Searches;

/// <summary>The address of a search at eBay.</summary>
public sealed record SearchLinkRequest
{
    /// <summary>Address of eBay's search page, as the browser shows it, at most 2,048 characters. It is parsed, never fetched.</summary>
    public required string Url { get; init; }
}
