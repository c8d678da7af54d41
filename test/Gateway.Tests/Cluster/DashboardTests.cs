using System.Net;
using Alerts.Demo;
using Alerts.Gateway.Access;
using Alerts.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Cluster;

public class DashboardTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_key_a_person_is_led_to_the_sign_in_and_a_program_is_refused()
    {
        using var page = new HttpRequestMessage(HttpMethod.Get, "/dashboard/") { Headers = { { "Accept", "text/html" } } };
        using var led = await gateway.Anonymous.SendAsync(page, Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, led.StatusCode);
        Assert.Equal("/admin/sign-in?to=/dashboard/", led.Headers.Location?.OriginalString);
        foreach (var path in (string[])["/dashboard/", "/dashboard/ClusterStats", "/dashboard/index.min.js", "/dashboard/DashboardCounters"])
            await gateway.Anonymous.GetAsync(path, Cancellation).IsAsync(401);
    }

    [Fact]
    public async Task A_key_shows_the_cluster_and_a_users_token_does_not()
    {
        var ann = await gateway.EnrolAsync();

        Assert.Contains("Orleans Dashboard", await gateway.Admin.GetStringAsync("/dashboard/", Cancellation), StringComparison.Ordinal);
        Assert.Contains("index.min.js", await gateway.Admin.GetStringAsync("/dashboard/", Cancellation), StringComparison.Ordinal);
        await gateway.Admin.GetJsonAsync("/dashboard/ClusterStats");
        await ann.Api.GetAsync("/dashboard/ClusterStats", Cancellation).IsAsync(401);
    }

    [Fact]
    public async Task The_cookie_of_a_key_that_was_removed_or_may_only_read_is_good_for_nothing()
    {
        const string Reader = "key-that-reads";
        await using var own = await TestGateway.StartAsync(settings: new Dictionary<string, string?>
        {
            ["Alerts:NamedKeys:0:Name"] = "reporting", ["Alerts:NamedKeys:0:Hash"] = ApiKeys.HashOf(Reader), ["Alerts:NamedKeys:0:Scope"] = "Read",
        });
        var tokens = own.Services.GetRequiredService<LinkTokens>();
        var known = own.Services.GetRequiredService<ApiKeys>().Find(DemoOptions.ApiKey)!.Name;

        foreach (var (name, status) in ((string, int)[])[(known, 200), ("key-00000000", 401), ("reporting", 401)])
        {
            var cookie = "alerts-dashboard=" + tokens.Issue(LinkPurpose.Dashboard, name, generation: 0);
            await own.Anonymous.SendAsync(HttpMethod.Get, "/dashboard/ClusterStats", null, ("Cookie", cookie)).IsAsync(status);
        }
    }

    [Fact]
    public async Task What_users_told_is_not_there_and_says_why()
    {
        const string State = "/dashboard/GrainState?grainId=u-1&grainType=user";
        Assert.Contains("what users told", (await gateway.Admin.GetAsync(State, Cancellation).IsAsync(404)).Text("detail"), StringComparison.Ordinal);
        await gateway.Anonymous.GetAsync(State, Cancellation).IsAsync(401);
    }

    [Theory]
    [InlineData("/dashboard/Reminders")]
    [InlineData("/dashboard/reminders/2")]
    public async Task The_page_of_reminders_shows_why_it_has_none_of_them(string path)
    {
        await gateway.EnrolAsync();

        var page = await gateway.Admin.GetAsync(path, Cancellation).IsAsync(200);

        Assert.Equal(0, page.GetProperty("count").GetInt32());
        Assert.Contains("whole table", Assert.Single(page.GetProperty("reminders").EnumerateArray()).Text("grainReference"), StringComparison.Ordinal);
        await gateway.Anonymous.GetAsync(path, Cancellation).IsAsync(401);
    }
}
