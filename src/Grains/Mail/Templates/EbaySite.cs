using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Alerts.Settings;

namespace Alerts.Mail.Templates;

/// <summary>eBay's own pages of a marketplace: where "and 14 more" leads.</summary>
static class EbaySite
{
    static readonly FrozenDictionary<string, (string Name, string Host)> sites = new Dictionary<string, (string, string)>
    {
        ["EBAY_US"] = ("eBay US", "www.ebay.com"), ["EBAY_AT"] = ("eBay Austria", "www.ebay.at"),
        ["EBAY_AU"] = ("eBay Australia", "www.ebay.com.au"), ["EBAY_BE"] = ("eBay Belgium", "www.ebay.be"),
        ["EBAY_CA"] = ("eBay Canada", "www.ebay.ca"), ["EBAY_CH"] = ("eBay Switzerland", "www.ebay.ch"),
        ["EBAY_DE"] = ("eBay Germany", "www.ebay.de"), ["EBAY_ES"] = ("eBay Spain", "www.ebay.es"),
        ["EBAY_FR"] = ("eBay France", "www.ebay.fr"), ["EBAY_GB"] = ("eBay UK", "www.ebay.co.uk"),
        ["EBAY_HK"] = ("eBay Hong Kong", "www.ebay.com.hk"), ["EBAY_IE"] = ("eBay Ireland", "www.ebay.ie"),
        ["EBAY_IT"] = ("eBay Italy", "www.ebay.it"), ["EBAY_NL"] = ("eBay Netherlands", "www.ebay.nl"),
        ["EBAY_PL"] = ("eBay Poland", "www.ebay.pl"), ["EBAY_SG"] = ("eBay Singapore", "www.ebay.com.sg"),
    }.ToFrozenDictionary();

    /// <summary>A marketplace's name for people.</summary>
    public static string NameOf(string marketplace) => sites.TryGetValue(marketplace, out var site) ? site.Name : marketplace;

    /// <summary>The search page with the phrase, category and price range, lowest price with shipping first.</summary>
    public static string SearchUrl(string marketplace, string phrase, SearchSettings? search)
    {
        var host = sites.TryGetValue(marketplace, out var site) ? site.Host : "www.ebay.com";
        var url = new StringBuilder($"https://{host}/sch/i.html?_nkw=").Append(Uri.EscapeDataString(phrase)).Append("&_sop=15");
        if (search?.Category is { } category)
            url.Append("&_sacat=").Append(Uri.EscapeDataString(category));
        if (search?.Price?.Min is { } least)
            url.Append("&_udlo=").Append(least.ToString("0.##", CultureInfo.InvariantCulture));
        if (search?.Price?.Max is { } most)
            url.Append("&_udhi=").Append(most.ToString("0.##", CultureInfo.InvariantCulture));
        return url.ToString();
    }
}
