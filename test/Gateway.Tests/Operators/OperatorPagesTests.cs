using System.Net;
using Alerts.Demo;
using Alerts.Gateway.Access;
using Alerts.Gateway.Tests.Pages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Operators;

/// <summary>What operators see and do at <c>/admin</c>.</summary>
public sealed class OperatorPagesTests : IAsyncLifetime
{
    const string Reader = "key-that-reads";

    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync(settings: new Dictionary<string, string?>
    {
        ["Alerts:NamedKeys:0:Name"] = "reporting", ["Alerts:NamedKeys:0:Hash"] = ApiKeys.HashOf(Reader), ["Alerts:NamedKeys:0:Scope"] = "Read",
    });

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task Without_a_key_no_page_answers_and_each_leads_to_the_sign_in()
    {
        var ann = await gateway.EnrolAsync();
        var pages = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{Id}", ann.Id, StringComparison.Ordinal))
            .Where(path => path.StartsWith("/admin", StringComparison.Ordinal) && path != "/admin/sign-in").Distinct().ToList();
        Assert.Equal(8, pages.Count);

        foreach (var path in pages)
        {
            foreach (var client in (HttpClient[])[gateway.Anonymous, ann.Api])
            {
                using var get = await client.GetAsync(path, Cancellation);
                using var post = await client.PostAsync(path, new FormUrlEncodedContent([new("_handler", "lift")]), Cancellation);
                Assert.Equal((path, HttpStatusCode.SeeOther), (path, get.StatusCode));
                Assert.Equal((path, HttpStatusCode.SeeOther), (path, post.StatusCode));
                Assert.StartsWith("/admin/sign-in", get.Headers.Location!.OriginalString, StringComparison.Ordinal);
                Assert.Equal("/admin/sign-in", post.Headers.Location!.OriginalString);
            }
        }
    }

    [Fact]
    public async Task A_key_that_may_do_everything_opens_pages_and_dashboard_for_an_hour_and_signing_out_ends_both()
    {
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/admin/searches");
        foreach (var key in (string[])["wrong", Reader, new string('x', 5_000)])
        {
            await web.PressAsync("Sign in", ("key", key));
            Assert.Equal((401, "key-error"), (web.Status, web.Page.QuerySelector("#key")!.GetAttribute("aria-describedby")!.Split(' ')[^1]));
        }

        await web.PressAsync("Sign in", ("key", DemoOptions.ApiKey));
        Assert.Equal((200, "/admin/searches", "Searches by cost"), (web.Status, web.Address.AbsolutePath, web.Heading));
        Assert.Equal(200, await DashboardAsync(web));
        Assert.DoesNotContain(web.Cookies.GetCookies(gateway.Address).Select(cookie => cookie.Name), name => name is "alerts-operator" or "alerts-dashboard");
        Assert.All(
            web.Cookies.GetAllCookies().Where(cookie => cookie.Name is "alerts-operator" or "alerts-dashboard"),
            cookie => Assert.Equal((true, cookie.Name == "alerts-operator" ? "/admin" : "/dashboard"), (cookie.HttpOnly, cookie.Path)));

        gateway.Clock.Advance(TimeSpan.FromMinutes(59));
        await web.GoAsync("/admin/sign-in");
        Assert.Contains("You are signed in as key-", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Sign out");
        Assert.Equal(401, await DashboardAsync(web));
        await web.GoAsync("/admin");
        Assert.Equal("/admin/sign-in", web.Address.AbsolutePath);
        await web.PressAsync("Sign in", ("key", DemoOptions.ApiKey));
        gateway.Clock.Advance(TimeSpan.FromMinutes(61));
        await web.GoAsync("/admin");
        Assert.Equal("/admin/sign-in", web.Address.AbsolutePath);
    }

    [Theory]
    [InlineData("https://evil.example/admin")]
    [InlineData("//evil.example/admin")]
    [InlineData("/alerts")]
    [InlineData("/admin/../settings")]
    public async Task A_sign_in_leads_to_pages_of_operators_alone(string wanted)
    {
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/admin/sign-in?to=" + Uri.EscapeDataString(wanted));

        await web.PressAsync("Sign in", ("key", DemoOptions.ApiKey));

        Assert.Equal((gateway.Address.Authority, "/admin"), (web.Address.Authority, web.Address.AbsolutePath));
    }

    [Fact]
    public async Task A_key_that_reads_sees_the_pages_in_a_program_and_changes_nothing()
    {
        var ann = await gateway.EnrolAsync();
        var reader = gateway.WithKey(Reader);

        Assert.Contains(ann.Email, await reader.GetStringAsync($"/admin/users/{ann.Id}", Cancellation), StringComparison.Ordinal);
        await reader.PostAsync($"/admin/users/{ann.Id}/lift").IsAsync(403);
    }

    [Fact]
    public async Task A_user_is_found_by_address_and_by_id_and_shown_with_settings_checks_mails_and_what_was_done()
    {
        var ann = await gateway.EnrolAsync("story thing");
        await gateway.MailToAsync(ann.Email);
        await gateway.Admin.PatchJsonAsync(ann.Url, """{ "frequencyMinutes": 30, "quietHours": { "from": 22, "to": 7 } }""").IsAsync(200);
        await gateway.UntilAsync(
            () => gateway.Admin.GetJsonAsync($"/v1/admin/users/{ann.Id}"),
            story => story.GetProperty("mails").EnumerateArray().Any(mail => mail.Text("state") == "sent"));
        using var web = await OperatorAsync();

        await web.PressAsync("Find", ("who", "nobody@example.org"));
        Assert.Equal(404, web.Status);
        await web.PressAsync("Find", ("who", "nobody"));
        Assert.Equal((400, "who-error"), (web.Status, web.Page.QuerySelector("#who")!.GetAttribute("aria-describedby")));
        await web.PressAsync("Find", ("who", $" {ann.Email} "));
        Assert.Equal((200, $"/admin/users/{ann.Id}", ann.Email), (web.Status, web.Address.PathAndQuery, web.Heading));
        foreach (var part in (string[])["active", "30 minutes", "22:00 to 07:00", "story thing", "firstResults", "sent", "a message was made", "PATCH /v1/users/{id}"])
            Assert.Contains(part, web.Text, StringComparison.Ordinal);

        await web.GoAsync("/admin");
        await web.PressAsync("Find", ("who", ann.Id));
        Assert.Equal(ann.Email, web.Heading);
        await web.GoAsync("/admin/users/u-00000000000000000000000000000000");
        Assert.Equal((404, "No such user"), (web.Status, web.Heading));
        await web.GoAsync("/admin/users/nobody/lift");
        Assert.Equal(404, web.Status);
    }

    [Fact]
    public async Task Users_are_listed_by_their_state_a_page_at_a_time()
    {
        var people = new List<Person>();
        for (var i = 0; i < 51; i++)
            people.Add(await gateway.EnrolAsync());
        using var web = await OperatorAsync();

        await web.FollowAsync("active");
        var first = web.Page.QuerySelectorAll("tbody tr").Length;
        await web.FollowAsync("Next page");

        Assert.Equal(51, first + web.Page.QuerySelectorAll("tbody tr").Length);
        await web.FollowAsync("paused");
        Assert.Contains("None.", web.Text, StringComparison.Ordinal);
        await web.GoAsync("/admin?status=happy&cursor=none");
        Assert.Equal(400, web.Status);
        Assert.Contains("status: Must be one of", web.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suppressed_user_is_seen_with_the_servers_words_served_again_and_the_log_says_by_whom()
    {
        var ann = await gateway.SuppressedAsync();
        using var web = await OperatorAsync();
        await web.FollowAsync("Mails");
        Assert.Contains("No such user", web.Text, StringComparison.Ordinal);
        await web.FollowAsync("Suppressed");
        await web.FollowAsync(ann.Id);
        Assert.Contains("suppressed since", web.Text, StringComparison.Ordinal);
        Assert.Contains("No such user", web.Text, StringComparison.Ordinal);

        await web.FollowAsync("Serve again …");
        await web.PressAsync("Serve again");

        Assert.Equal((200, $"/admin/users/{ann.Id}"), (web.Status, web.Address.AbsolutePath));
        Assert.Equal("active", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
        await web.GoAsync($"/admin/audit?user={ann.Id}");
        var row = web.Page.QuerySelectorAll("tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent).ToList();
        Assert.StartsWith("key-", row[1], StringComparison.Ordinal);
        Assert.Equal("POST /admin/users/{Id}/lift", row[2]);
    }

    [Fact]
    public async Task Many_are_served_again_by_when_it_began_and_a_span_that_is_none_is_said_in_place()
    {
        var ann = await gateway.SuppressedAsync();
        var at = gateway.Clock.GetUtcNow();
        using var web = await OperatorAsync();
        await web.FollowAsync("Suppressed");

        await web.PressAsync("Serve again", ("from", ""));
        Assert.Equal((400, "from-error"), (web.Status, web.Page.QuerySelector("#from")!.GetAttribute("aria-describedby")));
        await web.PressAsync("Serve again", ("from", "2026-03-02T10:00"), ("to", "2026-03-02T09:00"));
        Assert.Equal((400, "to-error"), (web.Status, web.Page.QuerySelector("#to")!.GetAttribute("aria-describedby")));
        await web.PressAsync("Serve again", ("from", at.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm", null)), ("to", ""));
        Assert.Contains("0 are served again.", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Serve again", ("from", at.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm", null)), ("to", ""));

        Assert.Contains("1 are served again.", web.Text, StringComparison.Ordinal);
        Assert.Equal("active", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
    }

    [Fact]
    public async Task Searches_by_cost_the_days_calls_silos_writers_and_the_log_are_there()
    {
        var ann = await gateway.EnrolAsync("dear thing");
        await gateway.MailToAsync(ann.Email);
        using var web = await OperatorAsync();

        await web.FollowAsync("Searches");
        Assert.Contains("EBAY_US", web.Text, StringComparison.Ordinal);
        await web.FollowAsync("Cluster");
        Assert.Contains("of 5,000 are left", web.Text, StringComparison.Ordinal);
        Assert.Contains("UserGrain", web.Text, StringComparison.Ordinal);
        Assert.Equal(["Silos", "Writers of the shared data", "Users by shard", "Active grains"], web.Page.QuerySelectorAll("[role=region]").Select(table => table.GetAttribute("aria-label")));
        await web.FollowAsync("Audit");
        Assert.Contains("POST /admin/sign-in", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Show", ("user", "nobody"));
        Assert.Equal((400, "user-help user-error"), (web.Status, web.Page.QuerySelector("#user")!.GetAttribute("aria-describedby")));
    }

    async Task<WebPerson> OperatorAsync()
    {
        var web = new WebPerson(gateway.Address, "de-DE");
        await web.GoAsync("/admin");
        await web.PressAsync("Sign in", ("key", DemoOptions.ApiKey));
        Assert.Equal(("en", "Users"), (web.Page.DocumentElement.GetAttribute("lang"), web.Heading));
        return web;
    }

    async Task<int> DashboardAsync(WebPerson web)
    {
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = web.Cookies }) { BaseAddress = gateway.Address };
        using var answer = await client.GetAsync("/dashboard/ClusterStats", Cancellation);
        return (int)answer.StatusCode;
    }
}
