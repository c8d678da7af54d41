using Alerts.Settings;

namespace Alerts.Search.Ebay;

/// <summary>Which links and pictures of eBay's answers are shown: whoever can change an answer must not lead people elsewhere. Pure.</summary>
public static class LinkHosts
{
    /// <summary>Where eBay keeps pictures.</summary>
    static readonly string[] pictures = ["ebayimg.com", "ebaystatic.com"];

    /// <summary>eBay's sites and pictures, the host of its API as set, and those that are set.</summary>
    public static IReadOnlyCollection<string> Of(EbayOptions options) =>
        [.. SearchLink.Domains, .. pictures, .. options.LinkHosts, new Uri(options.BaseUrl).IdnHost];
}
