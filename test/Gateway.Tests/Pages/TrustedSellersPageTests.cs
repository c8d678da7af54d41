using Alerts.Demo.Marketplace;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>From whom, with which words, and at what true cost: asked on the page, judged on the answer that all share.</summary>
public class TrustedSellersPageTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static ListingSpec Thing(int number, decimal price, decimal percent, int ratings) => new($"{330_000_000_000 + number}", $"Brass tuba {number} {(number % 2 == 0 ? "Bb" : "Eb")}", price)
    {
        SellerFeedbackPercent = percent, SellerFeedbackScore = ratings, ShippingCost = 10,
    };

    [Fact]
    public async Task The_fields_are_kept_and_what_they_leave_out_is_not_shown_and_costs_no_call()
    {
        gateway.Marketplace.Script("brass tuba", [Thing(1, 50, 99, 900), Thing(2, 60, 99, 900), Thing(3, 70, 80, 900), Thing(4, 80, 99, 3), Thing(6, 95, 99, 900)]);
        var email = TestGateway.NewEmail();
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", "brass tuba"));
        await web.PressAsync("Watch it", ("email", email));
        await gateway.MailToAsync(email);
        var calls = gateway.Marketplace.SearchCallsFor("brass tuba");

        await web.FollowAsync("Edit: brass tuba");
        await web.PressAsync("Save", ("minPercent", "98"), ("minRatings", "10"), ("includeWords", "Bb"), ("totalAtOrBelow", "100"), ("unknownShipping", "1"));

        Assert.Equal((200, "/alerts"), (web.Status, web.Address.AbsolutePath));
        Assert.Contains("sellers from 98 % positive", web.Text, StringComparison.Ordinal);
        Assert.Contains("at $100.00 or less with shipping", web.Text, StringComparison.Ordinal);
        await web.FollowAsync("brass tuba");
        Assert.Equal(["Brass tuba 2 Bb", "Brass tuba 6 Bb"], web.Page.QuerySelectorAll("li.listing h3 a").Select(link => link.TextContent.Trim()));
        var search = (await gateway.Admin.FindUserAsync(email)).GetProperty("searches")[0];
        Assert.Equal((98m, 10), (search.GetProperty("seller").GetProperty("minPercent").GetDecimal(), search.GetProperty("seller").GetProperty("minRatings").GetInt32()));
        Assert.Equal(("leaveOut", 100m), (search.GetProperty("rules").Text("unknownShipping"), search.GetProperty("rules").GetProperty("totalAtOrBelow").GetDecimal()));
        Assert.Equal(calls, gateway.Marketplace.SearchCallsFor("brass tuba"));
    }

    [Fact]
    public async Task Where_the_buyer_is_is_asked_and_an_unknown_country_is_said_at_its_field()
    {
        var email = TestGateway.NewEmail();
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", "tenor horn"));
        await web.PressAsync("Watch it", ("email", email));
        await web.FollowAsync("Edit: tenor horn");
        await web.PressAsync("Save", ("deliverToCountry", "XX"), ("deliverToPostalCode", "10115"), ("accountType", "BUSINESS"));

        Assert.Equal(400, web.Status);
        Assert.NotNull(web.Page.QuerySelector("#deliverToCountry-error"));
        Assert.NotNull(web.Page.QuerySelector("#accountType-error"));
        await web.PressAsync("Save", ("marketplace", "EBAY_DE"), ("deliverToCountry", "de"));

        Assert.Equal((200, "/alerts"), (web.Status, web.Address.AbsolutePath));
        Assert.Contains("delivered to DE 10115", web.Text, StringComparison.Ordinal);
        var search = (await gateway.Admin.FindUserAsync(email)).GetProperty("searches")[0];
        Assert.Equal("""{"country":"DE","postalCode":"10115","wholePostalCode":false}""", search.GetProperty("deliverTo").GetRawText());
    }
}
