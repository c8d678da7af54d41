using Alerts.Settings;
using Alerts.Settings.Sites;
using Alerts.Settings.Validation;
using CsCheck;

namespace Alerts.Tests.Settings;

public class SearchLinkTests
{
    static (SearchSettings Search, string[] Left) Parse(string url)
    {
        var (search, left, refusal) = SearchLink.Parse(url);
        Assert.Null(refusal);
        return (search!, [.. left.Select(one => one.Parameter)]);
    }

    [Fact]
    public void A_link_of_eBays_page_becomes_a_search()
    {
        var (search, left) = Parse(
            "https://www.ebay.de/sch/9355/i.html?_from=R40&_nkw=iphone+13+-h%C3%BClle&_sacat=0&_udlo=50%2C50&_udhi=400&LH_BIN=1&LH_Auction=1"
            + "&LH_ItemCondition=3%7C4&LH_FS=1&LH_PrefLoc=1&_sasl=ann&_saslop=2&_sop=10&Brand=Apple%7CSamsung&Storage%2520Capacity=128%2520GB&_fancy=7&rt=nc");
        Assert.Equal(("iphone 13", "EBAY_DE", "9355", true, "DE"), (search.Phrase, search.Marketplace, search.Category, search.FreeShipping, search.LocationCountry));
        Assert.Equal(new PriceRange { Min = 50.5m, Max = 400 }, search.Price);
        Assert.Equal([BuyingOption.FixedPrice, BuyingOption.Auction], search.BuyingOptions);
        Assert.Equal([ItemCondition.New, ItemCondition.Used], search.Conditions);
        Assert.Equal(["hülle"], search.ExcludeWords);
        Assert.Equal(["ann"], search.ExcludeSellers);
        Assert.Equal(["Brand: Apple, Samsung", "Storage Capacity: 128 GB"], search.Aspects.Select(aspect => $"{aspect.Name}: {string.Join(", ", aspect.Values)}"));
        Assert.Equal(["_sop", "_fancy"], left);
        Assert.Empty(UserSettingsValidator.Validate(search));
    }

    [Theory]
    [InlineData("https://www.ebay.com/sch/i.html?_nkw=saw&LH_LPickup=1&_stpos=51401&_sadis=25", "51401 25 mi", null)]
    [InlineData("https://www.ebay.com/sch/i.html?_nkw=saw&_stpos=51401&_sadis=25", null, "US 51401")]
    public void A_postal_code_is_where_to_fetch_or_where_to_deliver(string url, string? pickup, string? delivery)
    {
        var search = Parse(url).Search;
        Assert.Equal(pickup, search.Pickup is { } place ? $"{place.PostalCode} {place.Radius} {place.Unit}" : null);
        Assert.Equal(delivery, search.DeliverTo is { } to ? $"{to.Country} {to.PostalCode}" : null);
    }

    [Theory]
    [InlineData("https://www.ebay.co.uk/sch/i.html?_nkw=a1", "EBAY_GB")]
    [InlineData("http://ebay.com/sch/i.html?_nkw=a1", "EBAY_US")]
    [InlineData("https://www.befr.ebay.be/sch/i.html?_nkw=a1", null)]
    [InlineData("https://benl.ebay.be/sch/i.html?_nkw=a1", "EBAY_BE")]
    [InlineData("https://WWW.EBAY.COM.AU/sch/i.html?_nkw=a1", "EBAY_AU")]
    [InlineData("https://www.ebay.com.evil.example/sch/i.html?_nkw=a1", null)]
    [InlineData("https://evil.example/?https://www.ebay.com/sch/i.html?_nkw=a1", null)]
    [InlineData("https://www.ebay.com@evil.example/sch/i.html?_nkw=a1", null)]
    [InlineData("https://ann@www.ebay.com/sch/i.html?_nkw=a1", null)]
    [InlineData("https://www.ebay.com:8080/sch/i.html?_nkw=a1", null)]
    [InlineData("https://notebay.com/sch/i.html?_nkw=a1", null)]
    [InlineData("ftp://www.ebay.com/sch/i.html?_nkw=a1", null)]
    [InlineData("https://www.ebay.com/itm/123", null)]
    [InlineData("https://www.ebay.com/sch/i.html?_sacat=9355", null)]
    [InlineData("/sch/i.html?_nkw=a1", null)]
    [InlineData("", null)]
    public void Only_addresses_of_searches_on_eBays_own_sites_are_read(string url, string? marketplace)
    {
        var (search, _, refusal) = SearchLink.Parse(url);
        Assert.Equal((marketplace, marketplace is null), (search?.Marketplace, refusal is not null));
    }

    [Fact]
    public void What_breaks_a_rule_is_left_out_by_name_and_the_rest_is_taken()
    {
        var (search, left) = Parse("https://www.ebay.com/sch/i.html?_nkw=saw&_udlo=9&_udhi=5&LH_ItemCondition=77&Color=Red&LH_Sold=1");
        Assert.Equal(["Color", "LH_Sold", "LH_ItemCondition", "_udlo"], left);
        Assert.Equal(("saw", null, 0), (search.Phrase, search.Price, search.ConditionIds.Length));
    }

    [Fact]
    public void An_address_of_more_than_2_KB_is_refused() => Assert.NotNull(SearchLink.Parse("https://www.ebay.com/sch/i.html?_nkw=" + new string('a', 2_048)).Refusal);

    [Fact]
    public void Whatever_the_parameters_say_the_search_is_valid_or_refused() =>
        Gen.Select(
            Gen.OneOf("_nkw", "_sacat", "_udlo", "_udhi", "LH_ItemCondition", "_sasl", "_stpos", "_sadis", "LH_LPickup", "Brand", "", "_", "LH_PrefLoc"),
            Gen.OneOf(Gen.String[0, 60], Gen.OneOf("1", "0", "|", "%", "%ZZ", "3|4", "-", "-5", "9999999999999"))).Array[0, 12].Sample(parameters =>
        {
            var query = string.Join('&', parameters.Select(one => $"{one.Item1}={Uri.EscapeDataString(one.Item2)}"));
            var (search, _, refusal) = SearchLink.Parse($"https://www.ebay.com/sch/i.html?_nkw=a1&{query}");
            if (refusal is null)
                Assert.Empty(UserSettingsValidator.Validate(search!));
        });
}
