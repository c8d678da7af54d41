using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Alerts.Settings;

namespace Alerts.Mail.Templates;

/// <summary>eBay's own pages of a marketplace, the target of links such as "and 14 more".</summary>
public static class EbaySite
{
    static readonly FrozenDictionary<string, string> hosts = new Dictionary<string, string>
    {
        ["EBAY_US"] = "www.ebay.com", ["EBAY_AT"] = "www.ebay.at", ["EBAY_AU"] = "www.ebay.com.au",
        ["EBAY_BE"] = "www.ebay.be", ["EBAY_CA"] = "www.ebay.ca", ["EBAY_CH"] = "www.ebay.ch",
        ["EBAY_DE"] = "www.ebay.de", ["EBAY_ES"] = "www.ebay.es", ["EBAY_FR"] = "www.ebay.fr",
        ["EBAY_GB"] = "www.ebay.co.uk", ["EBAY_HK"] = "www.ebay.com.hk", ["EBAY_IE"] = "www.ebay.ie",
        ["EBAY_IT"] = "www.ebay.it", ["EBAY_NL"] = "www.ebay.nl", ["EBAY_PL"] = "www.ebay.pl",
        ["EBAY_SG"] = "www.ebay.com.sg",
    }.ToFrozenDictionary();

    /// <summary>A marketplace's name for people of any language: <c>ebay.de</c>.</summary>
    public static string NameOf(string marketplace) => HostOf(marketplace) is { } host ? host["www.".Length..] : marketplace;

    /// <summary>The search page with the phrase, category and price range, lowest price with shipping first.</summary>
    public static string SearchUrl(string marketplace, string phrase, SearchSettings? search)
    {
        var host = HostOf(marketplace) ?? "www.ebay.com";
        var url = new StringBuilder($"https://{host}/sch/i.html?_nkw=").Append(Uri.EscapeDataString(phrase)).Append("&_sop=15");
        if (search?.Category is { } category)
            url.Append("&_sacat=").Append(Uri.EscapeDataString(category));
        if (search?.Price?.Min is { } least)
            url.Append("&_udlo=").Append(least.ToString("0.##", CultureInfo.InvariantCulture));
        if (search?.Price?.Max is { } most)
            url.Append("&_udhi=").Append(most.ToString("0.##", CultureInfo.InvariantCulture));
        return url.ToString();
    }

    /// <summary>A listing's page.</summary>
    public static string ListingUrl(string marketplace, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"https://{HostOf(marketplace) ?? "www.ebay.com"}/itm/{number}");

    static string? HostOf(string marketplace) => hosts.GetValueOrDefault(marketplace);
}
