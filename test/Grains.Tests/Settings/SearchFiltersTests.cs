using Alerts.Search;
using Alerts.Settings;
using Alerts.Settings.Validation;

namespace Alerts.Tests.Settings;

/// <summary>eBay's rules for filters, held before any call.</summary>
public class SearchFiltersTests
{
    static readonly SearchSettings plain = new() { Phrase = "iphone 13" };
    static readonly AspectFilter color = new() { Name = "Color", Values = ["Red", "Blue"] };

    static string[] Wrong(SearchSettings search) => [.. UserSettingsValidator.Validate(search).Keys];

    static string Key(SearchSettings search) => Uri.UnescapeDataString(SearchQuery.KeyOf(search, "en"));

    [Fact]
    public void Aspects_need_a_category()
    {
        Assert.Equal(["aspects"], Wrong(plain with { Aspects = [color] }));
        Assert.Empty(Wrong(plain with { Aspects = [color], Category = "9355" }));
        Assert.Equal(["aspects[0].name", "aspects[0].values", "aspects[1]"], Wrong(plain with { Category = "1", Aspects = [new AspectFilter { Name = "a{b", Values = [] }, null!] }));
        Assert.Contains("&category_ids=9355&aspect_filter=categoryId:9355,Color:{Blue|Red}&sort=price", Key(plain with { Aspects = [color], Category = "9355" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickup_has_all_four_parts()
    {
        var pickup = new PickupPlace { PostalCode = "ls1 3ad", Radius = 25 };
        Assert.EndsWith(
            "filter=deliveryOptions:{SELLER_ARRANGED_LOCAL_PICKUP},pickupCountry:GB,pickupPostalCode:LS13AD,pickupRadius:25,pickupRadiusUnit:mi",
            Key(plain with { Marketplace = "EBAY_GB", Pickup = pickup }), StringComparison.Ordinal);
        Assert.Equal(["pickup.postalCode", "pickup.radius", "pickup.unit"], Wrong(plain with { Pickup = pickup with { PostalCode = "", Radius = 0, Unit = "m" } }));
        Assert.Equal(["pickup.country", "pickup.postalCode", "pickup.radius"], Wrong(plain with { Pickup = pickup with { Country = "XX", PostalCode = "a,b", Radius = 501 } }));
    }

    [Fact]
    public void Conditions_are_given_by_name_or_by_eBays_numbers()
    {
        Assert.EndsWith("filter=conditionIds:{1000|3000}", Key(plain with { ConditionIds = [3000, 1000, 3000] }), StringComparison.Ordinal);
        Assert.Equal(["conditionIds[0]"], Wrong(plain with { ConditionIds = [7] }));
        Assert.Equal(["conditionIds"], Wrong(plain with { ConditionIds = [1000], Conditions = [ItemCondition.New] }));
    }

    [Fact]
    public void An_items_region_is_one_the_marketplace_has()
    {
        Assert.EndsWith("filter=itemLocationRegion:EUROPEAN_UNION", Key(plain with { Marketplace = "EBAY_DE", ItemLocation = new() { Region = "EUROPEAN_UNION" } }), StringComparison.Ordinal);
        Assert.Equal(SearchQuery.KeyOf(plain with { LocationCountry = "DE" }, "en"), SearchQuery.KeyOf(plain with { ItemLocation = new() { Country = "DE" } }, "en"));
        Assert.Equal(["itemLocation.region"], Wrong(plain with { ItemLocation = new() { Region = "EUROPEAN_UNION" } }));
        Assert.Equal(["itemLocation"], Wrong(plain with { ItemLocation = new() }));
        Assert.Equal(["itemLocation"], Wrong(plain with { ItemLocation = new() { Country = "DE" }, LocationCountry = "DE" }));
    }

    [Theory]
    [InlineData("US", "10001", "US,100")]
    [InlineData("US", "10099", "US,100")]
    [InlineData("DE", "10115", "DE,101")]
    [InlineData("GB", "SW1A 1AA", "GB,SW1A")]
    [InlineData("GB", "ls1 3ad", "GB,LS1")]
    [InlineData("CA", "K1A 0B1", "CA,K1A")]
    [InlineData("CH", "8001", "CH,80")]
    [InlineData("IE", "D02 AF30", "IE,D02")]
    [InlineData("US", null, "US")]
    public void Buyers_of_an_area_share_a_search(string country, string? code, string place)
    {
        var query = SearchQuery.Of(plain with { DeliverTo = new() { Country = country, PostalCode = code } }, "en");
        Assert.Equal($"EBAY_US;{place}?q=iphone%2013&sort=price", query.Key);
        Assert.Equal(query, SearchQuery.Parse(query.Key));
        Assert.Equal("EBAY_US", SearchQuery.MarketplaceOf(query.Key));
    }

    [Fact]
    public void The_whole_postal_code_is_sent_to_who_wants_it() => Assert.Equal(
        new DeliveryPlace("US", "10001"), SearchQuery.Of(plain with { DeliverTo = new() { Country = "US", PostalCode = "10001", WholePostalCode = true } }, "en").DeliverTo);

    [Fact]
    public void A_place_of_delivery_is_checked() => Assert.Equal(
        ["deliverTo.country", "deliverTo.postalCode"], Wrong(plain with { DeliverTo = new() { Country = "Germany", PostalCode = "1" } }));
}
