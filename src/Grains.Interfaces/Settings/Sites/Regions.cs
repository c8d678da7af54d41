using System.Collections.Immutable;

namespace Alerts.Settings.Sites;

/// <summary>eBay's regions of items' locations (Browse API, <c>itemLocationRegion</c>).</summary>
public static class Regions
{
    /// <summary>The regions that a marketplace's filter accepts.</summary>
    public static ImmutableArray<string> Of(string marketplace) => marketplace switch
    {
        "EBAY_US" or "EBAY_CA" => ["NORTH_AMERICA", "WORLDWIDE"],
        "EBAY_GB" or "EBAY_IE" => ["UK_AND_IRELAND", "EUROPEAN_UNION", "WORLDWIDE"],
        "EBAY_AU" or "EBAY_HK" or "EBAY_SG" => ["ASIA", "WORLDWIDE"],
        _ => ["EUROPEAN_UNION", "CONTINENTAL_EUROPE", "WORLDWIDE"],
    };
}
