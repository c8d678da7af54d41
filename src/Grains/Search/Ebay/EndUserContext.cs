namespace Alerts.Search.Ebay;

/// <summary>The header that says where a buyer is, so that eBay knows the cost of shipping, and whose links these are. Pure.</summary>
static class EndUserContext
{
    /// <summary>The value of <c>X-EBAY-C-ENDUSERCTX</c>; null when there is nothing to say.</summary>
    public static string? Of(SearchQuery query, EbayOptions options)
    {
        var parts = new List<string>(2);
        if (options.AffiliateCampaignId is { Length: > 0 } campaign)
            parts.Add($"affiliateCampaignId={campaign}");
        if (query.DeliverTo is { } place)
            parts.Add($"contextualLocation={Uri.EscapeDataString(place.PostalCode is { } code ? $"country={place.Country},zip={code}" : $"country={place.Country}")}");
        return parts.Count > 0 ? string.Join(',', parts) : null;
    }
}
