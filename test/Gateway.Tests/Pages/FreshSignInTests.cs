using System.Text.RegularExpressions;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>Attack: a browser that somebody left signed in takes the alerts to another address, or erases them.</summary>
public sealed partial class FreshSignInTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Long_after_the_sign_in_the_address_and_erasing_want_a_new_one()
    {
        await using var gateway = await TestGateway.StartAsync();
        var email = TestGateway.NewEmail();
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", "camera"));
        await web.PressAsync("Watch it", ("email", email));
        var user = await gateway.Admin.FindUserAsync(email);
        gateway.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));

        await web.GoAsync("/settings");
        await web.PressAsync("Save", ("email", "thief@example.org"));
        Assert.Equal(403, web.Status);
        Assert.Contains("a sign-in of the last 15 minutes", web.Text, StringComparison.Ordinal);
        Assert.False((await gateway.Admin.GetJsonAsync($"/v1/users/{user.Text("id")}")).TryGetProperty("pendingEmail", out _));
        await web.PressAsync("Save", ("email", email), ("frequencyMinutes", "60"));
        Assert.Equal("/settings?saved=1", web.Address.PathAndQuery);

        await web.GoAsync("/settings/erase");
        Assert.DoesNotContain(web.Page.QuerySelectorAll("button"), button => button.TextContent.Trim() == "Delete everything");
        await web.PressAsync("Mail me a sign-in link");
        var mail = await gateway.MailToAsync(email, mail => SignInLink.IsMatch(mail.TextBody!));
        await web.GoAsync(SignInLink.Match(mail.TextBody!).Value);
        await web.PressAsync("Sign in now");
        await web.GoAsync("/settings");
        await web.PressAsync("Show a token");
        var program = gateway.WithToken(web.Page.QuerySelector("code.token")!.TextContent);
        await program.PatchJsonAsync($"/v1/users/{user.Text("id")}", """{ "frequencyMinutes": 30 }""").IsAsync(200);
        await web.GoAsync("/settings/erase");
        await web.PressAsync("Delete everything");

        await gateway.Admin.GetAsync($"/v1/users/{user.Text("id")}", Cancellation).IsAsync(404);
    }

    [GeneratedRegex(@"/sign-in/[\w.-]+")]
    private static partial Regex SignInLink { get; }
}
