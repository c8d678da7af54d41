using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Alerts.Configuration;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>From an idea to a watched search, signing in, and what becomes of sessions. Each test has a gateway of its own.</summary>
public sealed partial class FromIdeaToWatchingTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync(ConfirmationMode.Required);

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task A_stranger_looks_gives_an_address_confirms_and_is_signed_in_at_the_watched_search()
    {
        var email = TestGateway.NewEmail();
        using var web = Person();
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", "used camera"), ("marketplace", "EBAY_DE"), ("max", "199,90"), ("conditions", "USED"));
        Assert.Contains("used camera eBay DE, used, up to €199.90", web.Text, StringComparison.Ordinal);
        Assert.NotEmpty(web.Page.QuerySelectorAll("li.listing"));

        await web.PressAsync("Watch it", ("email", email), ("frequencyMinutes", "20"), ("timeZone", "Europe/Berlin"));
        Assert.Equal((200, "/watching", "Look into your mailbox"), (web.Status, web.Address.AbsolutePath, web.Heading));
        await web.GoAsync(Link(ConfirmLink, (await gateway.MailToAsync(email)).TextBody!));
        await web.PressAsync("Confirm my alerts");
        await web.FollowAsync("See my alerts");

        Assert.Equal((200, "/alerts"), (web.Status, web.Address.AbsolutePath));
        Assert.Contains("used camera", web.Text, StringComparison.Ordinal);
        var user = await gateway.Admin.FindUserAsync(email);
        Assert.Equal(("active", 20, "Europe/Berlin", "en-US"), (user.Text("status"), user.GetProperty("frequencyMinutes").GetInt32(), user.Text("timeZone"), user.Text("language")));
        var search = user.GetProperty("searches")[0];
        Assert.Equal(199.90m, search.GetProperty("price").GetProperty("max").GetDecimal());
        Assert.Equal("EBAY_DE", search.Text("marketplace"));
    }

    [Fact]
    public async Task Signing_in_answers_the_same_for_a_known_and_an_unknown_address()
    {
        var email = await EnrolledAsync();
        var answers = new List<string>();
        foreach (var address in (string[])[email, TestGateway.NewEmail()])
        {
            using var web = Person();
            await AskForLinkAsync(web, address);
            answers.Add($"{web.Status} {web.Address.AbsolutePath} {web.Text}");
        }

        Assert.Equal(answers[0], answers[1]);
        await gateway.MailToAsync(email, mail => mail.Subject.Contains("sign in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sign_in_link_works_by_its_button_once_and_for_fifteen_minutes()
    {
        var email = await EnrolledAsync();
        using var web = Person();
        await AskForLinkAsync(web, email);
        var link = await SignInLinkAsync(email);

        using (var scanner = Person())
            await scanner.GoAsync(link);
        await web.GoAsync(link);
        await web.PressAsync("Sign in now");
        Assert.Equal((200, "/alerts"), (web.Status, web.Address.AbsolutePath));

        using var thief = Person();
        await thief.GoAsync(link);
        await thief.PressAsync("Sign in now");
        Assert.Equal((404, "This link does not work any more"), (thief.Status, thief.Heading));
        gateway.Clock.Advance(TimeSpan.FromMinutes(16));
        await thief.GoAsync(link);
        Assert.Equal(404, thief.Status);
        await thief.FollowAsync("Ask for a new link");
        Assert.Equal("/sign-in", thief.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_session_outlives_a_restart_is_listed_is_ended_from_another_browser_and_lasts_thirty_days()
    {
        var email = await EnrolledAsync();
        using var desk = await SignedInAsync(email);
        using var phone = await SignedInAsync(email);

        await desk.GoAsync("/settings");
        Assert.Equal(2, desk.Page.QuerySelectorAll("li.card").Length);
        var other = desk.Page.QuerySelectorAll("li.card").First(card => card.QuerySelector(".badge") is null).QuerySelector("button")!;
        await desk.PressAsync(other.TextContent.Trim());
        await phone.GoAsync("/alerts");
        Assert.Equal("/sign-in", phone.Address.AbsolutePath);

        gateway.Clock.Advance(TimeSpan.FromDays(29));
        await desk.GoAsync("/alerts");
        Assert.Equal("/alerts", desk.Address.AbsolutePath);
        gateway.Clock.Advance(TimeSpan.FromDays(1));
        await desk.GoAsync("/alerts");
        Assert.Equal("/sign-in", desk.Address.AbsolutePath);
    }

    [Fact]
    public async Task The_session_of_an_erased_user_is_over_and_its_cookie_opens_no_door_of_the_api()
    {
        var email = await EnrolledAsync();
        using var web = await SignedInAsync(email);
        var id = (await gateway.Admin.FindUserAsync(email)).Text("id");
        var cookie = web.Cookies.GetCookies(gateway.Address)["alerts-session"]!;
        Assert.True(cookie.HttpOnly);
        await gateway.Anonymous.SendAsync(HttpMethod.Get, $"/v1/users/{id}", null, ("Cookie", $"alerts-session={cookie.Value}")).IsAsync(401);

        await gateway.Admin.DeleteAsync($"/v1/users/{id}", Cancellation).IsAsync(204);
        await web.GoAsync("/alerts");

        Assert.Equal("/sign-in", web.Address.AbsolutePath);
    }

    [Theory]
    [InlineData("", "Please write 1 to 100 visible characters")]
    [InlineData("*", "Please write 1 to 100 visible characters")]
    [InlineData("(red", "Please write 1 to 100 visible characters")]
    public async Task A_phrase_that_cannot_be_watched_is_said_in_place(string phrase, string error)
    {
        using var web = Person();

        await web.GoAsync("/?phrase=" + Uri.EscapeDataString(phrase));

        Assert.Equal(400, web.Status);
        Assert.Contains(error, web.Text, StringComparison.Ordinal);
        Assert.Equal(phrase, web.Page.QuerySelector("#phrase")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_pasted_link_of_an_eBay_search_is_that_search_and_another_sites_link_is_refused_in_place()
    {
        using var web = Person();

        await web.GoAsync("/?phrase=" + Uri.EscapeDataString("https://www.ebay.de/sch/i.html?_nkw=used+camera&_udhi=400"));
        Assert.Equal(200, web.Status);
        Assert.Contains("used camera eBay DE, up to €400.00", web.Text, StringComparison.Ordinal);
        await web.GoAsync("/?phrase=" + Uri.EscapeDataString("https://shop.example/sch/i.html?_nkw=camera"));
        Assert.Equal(400, web.Status);
        Assert.Contains("This is no address of an eBay search.", web.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_gets_a_page_that_shows_the_way_on()
    {
        using var web = Person();

        await web.GoAsync("/?phrase=" + new string('x', 4096));
        Assert.Equal(400, web.Status);
        await web.GoAsync("/?phrase=camera&min=abc&max=5&marketplace=EBAY_XX&conditions=BROKEN&excludeWords=" + new string('y', 60));
        Assert.Equal(400, web.Status);
        Assert.Equal(4, web.Page.QuerySelectorAll(".error").Length);
        await web.GoAsync("/?phrase=camera");
        await web.PressAsync("Watch it", ("email", "no address"));
        Assert.Equal(400, web.Status);
        Assert.Contains("Please write an e-mail address", web.Text, StringComparison.Ordinal);
        Assert.Equal("no address", web.Page.QuerySelector("#email")!.GetAttribute("value"));
        await web.PressAsync("Watch it", ("email", TestGateway.NewEmail()), ("timeZone", "nowhere"));
        Assert.Equal("/watching", web.Address.AbsolutePath);
    }

    WebPerson Person() => new(gateway.Address);

    /// <summary>Somebody who enrolled and confirmed.</summary>
    async Task<string> EnrolledAsync()
    {
        var email = TestGateway.NewEmail();
        await gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(email), Cancellation).IsAsync(201);
        using var web = Person();
        await web.GoAsync(Link(ConfirmLink, (await gateway.MailToAsync(email)).TextBody!));
        await web.PressAsync("Confirm my alerts");
        await web.PressAsync("Sign out");
        return email;
    }

    async Task<WebPerson> SignedInAsync(string email)
    {
        var web = Person();
        var before = gateway.Mailbox.Mails.Count(mail => IsSignIn(mail, email));
        await AskForLinkAsync(web, email);
        await gateway.UntilAsync(() => Task.FromResult(gateway.Mailbox.Mails.Count(mail => IsSignIn(mail, email))), count => count > before);
        await web.GoAsync(Link(SignInLink, gateway.Mailbox.Mails.Last(mail => IsSignIn(mail, email)).TextBody!));
        await web.PressAsync("Sign in now");
        return web;
    }

    static async Task AskForLinkAsync(WebPerson web, string email)
    {
        await web.GoAsync("/sign-in");
        await web.PressAsync("Mail me a sign-in link", ("email", email));
    }

    async Task<string> SignInLinkAsync(string email) => Link(SignInLink, (await gateway.MailToAsync(email, mail => IsSignIn(mail, email))).TextBody!);

    static bool IsSignIn(Alerts.Demo.Mailbox.ReceivedMail mail, string email) => mail.Recipients.Contains(email) && mail.Subject.Contains("sign in", StringComparison.Ordinal);

    static string Link(Regex link, string text) => link.Match(text).Value;

    [GeneratedRegex(@"/confirm/[\w.-]+")]
    private static partial Regex ConfirmLink { get; }

    [GeneratedRegex(@"/sign-in/[\w.-]+")]
    private static partial Regex SignInLink { get; }
}
