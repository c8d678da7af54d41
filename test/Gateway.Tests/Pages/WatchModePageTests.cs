using Alerts.Demo.Marketplace;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>What a search watches is chosen on its page, and said where its finds are shown.</summary>
public class WatchModePageTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    [Fact]
    public async Task What_to_watch_is_chosen_on_the_edit_page_and_said_by_pages_mail_and_API()
    {
        gateway.Marketplace.Script("tin whistle", [.. Enumerable.Range(1, 150).Select(number =>
            new ListingSpec($"{220_000_000_000 + number}", $"Tin whistle {number}", number))]);
        var email = TestGateway.NewEmail();
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", "tin whistle"));
        Assert.Contains("150 match: all new ones, and price drops among the 100 cheapest.", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Watch it", ("email", email));
        var mail = await gateway.MailToAsync(email);
        Assert.Contains("150 match: all new ones, and price drops among the 100 cheapest.", mail.TextBody, StringComparison.Ordinal);

        await web.FollowAsync("Edit: tin whistle");
        Assert.Contains("we ask for the newest and the cheapest in turn", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Save", ("watch", "cheapest"));

        Assert.Equal((200, "/alerts"), (web.Status, web.Address.AbsolutePath));
        Assert.Contains("the cheapest only", web.Text, StringComparison.Ordinal);
        Assert.Contains("150 match: new ones and price drops among the 100 cheapest.", web.Text, StringComparison.Ordinal);
        await web.FollowAsync("tin whistle");
        Assert.Contains("150 match: new ones and price drops among the 100 cheapest.", web.Text, StringComparison.Ordinal);
        var user = await gateway.Admin.FindUserAsync(email);
        Assert.Equal("cheapest", user.GetProperty("searches")[0].Text("watch"));
        var results = await gateway.Admin.GetJsonAsync($"/v1/users/{user.Text("id")}/results");
        Assert.Equal("150 match: new ones and price drops among the 100 cheapest.", results.GetProperty("items")[0].Text("scope"));
    }

    [Fact]
    public async Task To_watch_only_what_is_new_without_new_listings_is_said_at_the_field()
    {
        var ann = await gateway.EnrolAsync("one");

        var refused = await ann.Api.PostJsonAsync(ann.Url + "/searches", """{ "phrase": "two", "watch": "new", "rules": { "newListings": false } }""").IsInvalidAsync();
        var unknown = await ann.Api.PostJsonAsync(ann.Url + "/searches", """{ "phrase": "two", "watch": "all" }""").IsInvalidAsync();

        Assert.Equal(["watch"], refused);
        Assert.Equal(["watch"], unknown);
    }
}
