using Alerts.Demo.Marketplace;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>What keeps a search from being looked at as often as wanted is said where people look.</summary>
public class TooLargeAndPaceTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    [Fact]
    public async Task A_search_that_is_too_large_is_paused_and_preview_page_mail_and_API_say_so()
    {
        const string Phrase = "far too wide";
        gateway.Marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.TooLarge, Phrase = Phrase });
        var email = TestGateway.NewEmail();
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", Phrase));
        Assert.Contains("more listings match than eBay can sort", web.Text, StringComparison.Ordinal);

        await web.PressAsync("Watch it", ("email", email));

        var mail = await gateway.MailToAsync(email, mail => mail.Subject!.StartsWith("Paused", StringComparison.Ordinal));
        Assert.Equal($"Paused, since too much matches: {Phrase}", mail.Subject);
        await web.GoAsync("/alerts");
        Assert.Contains("Paused: more listings match than eBay can sort. Edit the search", web.Text, StringComparison.Ordinal);
        var user = await gateway.Admin.FindUserAsync(email);
        var result = (await gateway.Admin.GetJsonAsync($"/v1/users/{user.Text("id")}/results")).GetProperty("items")[0];
        Assert.True(result.GetProperty("tooLarge").GetBoolean());
        Assert.Equal("More listings match than eBay can sort: narrow the search.", result.Text("lastFailure"));
    }

    [Fact]
    public async Task The_answer_to_an_enrolment_and_a_preview_say_how_often_eBay_will_be_asked()
    {
        await using var scarce = await TestGateway.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:Ebay:DailyCallBudget"] = "60" });
        var first = await scarce.EnrolAsync("one", "two");
        await scarce.MailToAsync(first.Email);
        scarce.Clock.Advance(TimeSpan.FromMinutes(10));
        await scarce.TickAsync(first.Id);
        var preview = await scarce.UntilAsync(
            () => scarce.Admin.PostJsonAsync("/v1/search/preview", """{ "phrase": "one" }""").IsAsync(200), answer => answer.TryGetProperty("pace", out _));

        var answer = await scarce.Anonymous.PostJsonAsync("/v1/users", $$"""{ "email": "{{TestGateway.NewEmail()}}", "frequencyMinutes": 2, "searches": [ { "phrase": "one" } ] }""").IsAsync(201);

        Assert.Matches("^eBay is asked about every [0-9]+ minutes: [0-9]+ searches share its 60 calls a day\\.$", answer.Text("pace"));
        Assert.Matches("^eBay is asked about every [0-9]+ minutes: ", preview.Text("pace"));
    }
}
