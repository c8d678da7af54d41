using Microsoft.Extensions.Primitives;

namespace Alerts.Demo.Marketplace;

/// <summary>
/// What <c>X-EBAY-C-ENDUSERCTX</c> says of the buyer: <c>contextualLocation=country%3DUS%2Czip%3D19406,affiliateCampaignId=123</c>.
/// With a place calculated shipping is known; with a campaign each listing has an affiliate link.
/// </summary>
sealed record BuyerContext(string? Country, string? PostalCode, string? AffiliateCampaignId)
{
    public static readonly BuyerContext Unknown = new(null, null, null);

    public static BuyerContext Of(StringValues header)
    {
        if (StringValues.IsNullOrEmpty(header))
            return Unknown;
        var parts = Read(header.ToString());
        var place = Read(Uri.UnescapeDataString(parts.GetValueOrDefault("contextualLocation", "")));
        return new BuyerContext(place.GetValueOrDefault("country"), place.GetValueOrDefault("zip"), parts.GetValueOrDefault("affiliateCampaignId"));
    }

    static Dictionary<string, string> Read(string text) => text.Split(',', StringSplitOptions.TrimEntries)
        .Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
        .DistinctBy(part => part[0]).ToDictionary(part => part[0], part => part[1]);
}
