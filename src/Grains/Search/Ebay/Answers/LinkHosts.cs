using Alerts.Settings;
using Alerts.Settings.Sites;

namespace Alerts.Search.Ebay.Answers;

/// <summary>Which links and pictures of eBay's answers are shown. A manipulated answer must not lead people to other sites. Pure.</summary>
public static class LinkHosts
{
    /// <summary>eBay's hosts for pictures.</summary>
    static readonly string[] pictures = ["ebayimg.com", "ebaystatic.com"];

    /// <summary>eBay's sites and pictures, the configured host of its API, and the other configured hosts.</summary>
    public static IReadOnlyCollection<string> Of(EbayOptions options) =>
        [.. SearchLink.Domains, .. pictures, .. options.LinkHosts, new Uri(options.BaseUrl).IdnHost];
}
