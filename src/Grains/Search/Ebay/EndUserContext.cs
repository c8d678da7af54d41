namespace Alerts.Search.Ebay;

/// <summary>The header that tells eBay the buyer's place, for the shipping cost, and the affiliate campaign. Pure.</summary>
static class EndUserContext
{
    /// <summary>The value of <c>X-EBAY-C-ENDUSERCTX</c>; null when it would be empty.</summary>
    public static string? Of(SearchQuery query, EbayOptions options)
    {
        var parts = new List<string>(2);
        if (options.AffiliateCampaignId is { Length: > 0 } campaign)
            parts.Add($"affiliateCampaignId={campaign}");
        if (query.DeliverTo is { } place)
        {
            var location = place.PostalCode is { } code ? $"country={place.Country},zip={code}" : $"country={place.Country}";
            parts.Add($"contextualLocation={Uri.EscapeDataString(location)}");
        }


        return parts.Count > 0 ? string.Join(',', parts) : null;
    }
}
