using Alerts.Gateway.Tests.Pages;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Operators;

/// <summary>Operators come by an identity provider.</summary>
public sealed class OpenIdConnectSignInTests : IAsyncLifetime
{
    IdentityProvider provider = null!;
    TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await IdentityProvider.StartAsync();
        gateway = await TestGateway.StartAsync(
            settings: new Dictionary<string, string?>
            {
                ["Alerts:OpenIdConnect:Authority"] = provider.Address,
                ["Alerts:OpenIdConnect:ClientId"] = IdentityProvider.ClientId,
                ["Alerts:OpenIdConnect:ClientSecret"] = IdentityProvider.ClientSecret,
                ["Alerts:OpenIdConnect:ClaimValue"] = "operators",
            },
            // The cookies of the way there and back end by the clock of the browser, which is the machine's.
            configure: services => services.Configure<OpenIdConnectOptions>("OpenIdConnect", options => options.TimeProvider = TimeProvider.System));
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task An_operator_comes_in_by_name_lands_where_they_wanted_and_the_audit_log_has_the_name_without_an_address()
    {
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/admin/suppressed");
        await web.FollowAsync("Sign in at 127.0.0.1");
        Assert.Equal((200, "/admin/suppressed"), (web.Status, web.Address.AbsolutePath));

        await web.PressAsync("Serve again", ("from", "2026-03-01T00:00"));
        Assert.Contains("0 are served again.", web.Text, StringComparison.Ordinal);
        var record = (await gateway.Admin.GetJsonAsync("/v1/audit")).GetProperty("items")[0];
        Assert.Equal(("oidc:ann", "POST /admin/suppressed"), (record.Text("actor"), record.Text("action")));
        using var dashboard = new HttpClient(new HttpClientHandler { CookieContainer = web.Cookies }) { BaseAddress = gateway.Address };
        await dashboard.GetJsonAsync("/dashboard/ClusterStats");

        gateway.Clock.Advance(TimeSpan.FromMinutes(61));
        await web.GoAsync("/admin");
        Assert.Equal("/admin/sign-in", web.Address.AbsolutePath);
    }

    [Fact]
    public async Task Who_is_known_there_and_is_no_operator_is_told_so()
    {
        provider.Groups = ["staff"];
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/admin");

        await web.FollowAsync("Sign in at 127.0.0.1");

        Assert.Contains("you are no operator here", web.Text, StringComparison.Ordinal);
        await web.GoAsync("/admin");
        Assert.Equal("/admin/sign-in", web.Address.AbsolutePath);
    }

    [Theory]
    [InlineData("/admin/sign-in/callback")]
    [InlineData("/admin/sign-in/callback?code=1&state=forged")]
    [InlineData("/admin/sign-in/callback?error=access_denied&state=forged")]
    public async Task What_comes_back_without_having_gone_there_lets_nobody_in(string path)
    {
        using var web = new WebPerson(gateway.Address);

        await web.GoAsync(path);

        Assert.Equal((200, "/admin/sign-in"), (web.Status, web.Address.AbsolutePath));
        Assert.Contains("The sign-in did not come to an end.", web.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_provider_is_away_an_API_key_lets_in()
    {
        await provider.DisposeAsync();
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/admin");

        await web.FollowAsync("Sign in at 127.0.0.1");
        Assert.Contains("does not answer now", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Sign in", ("key", Alerts.Demo.DemoOptions.ApiKey));

        Assert.Equal((200, "/admin"), (web.Status, web.Address.AbsolutePath));
    }
}
