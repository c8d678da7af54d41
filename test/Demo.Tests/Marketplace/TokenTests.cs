using System.Net;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Alerts.Demo.Tests.Marketplace;

public class TokenTests
{
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_credentials_get_a_token_in_eBays_shape()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions { ClientId = "me", ClientSecret = "s:ecret" }, clock);
        using var ebay = new EbayCaller(server);

        using var response = await ebay.AskForTokenAsync("me:s:ecret");
        var json = await EbayCaller.ReadAsync(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("v^1.1#", (string)json["access_token"]!, StringComparison.Ordinal);
        Assert.Equal(7200, (int)json["expires_in"]!);
        Assert.Equal("Application Access Token", (string)json["token_type"]!);
        Assert.Equal(1, server.TokenCalls.Value);
    }

    [Theory]
    [InlineData("demo-client:wrong", "client_credentials", "https://api.ebay.com/oauth/api_scope", 401, "invalid_client")]
    [InlineData("demo-client", "client_credentials", "https://api.ebay.com/oauth/api_scope", 401, "invalid_client")]
    [InlineData("demo-client:demo-secret", "password", "https://api.ebay.com/oauth/api_scope", 400, "unsupported_grant_type")]
    [InlineData("demo-client:demo-secret", "client_credentials", "everything", 400, "invalid_scope")]
    public async Task Anything_else_is_refused(string client, string grant, string scope, int status, string error)
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = new EbayCaller(server);

        using var response = await ebay.AskForTokenAsync(client, grant, scope);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(error, (string?)(await EbayCaller.ReadAsync(response))["error"]);
    }

    [Fact]
    public async Task Without_basic_authentication_or_a_form_there_is_no_token()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = new EbayCaller(server);
        using var bare = await ebay.Http.PostAsync("identity/v1/oauth2/token", null, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, bare.StatusCode);

        ebay.Http.DefaultRequestHeaders.Add("Authorization", "Basic " + Convert.ToBase64String("demo-client:demo-secret"u8));
        using var json = new StringContent("""{"grant_type":"client_credentials"}""", null, "application/json");
        using var formless = await ebay.Http.PostAsync("identity/v1/oauth2/token", json, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, formless.StatusCode);
        Assert.Equal("invalid_request", (string?)(await EbayCaller.ReadAsync(formless))["error"]);
    }

    [Fact]
    public async Task A_token_lives_as_long_as_it_says()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();

        clock.Advance(TimeSpan.FromSeconds(7199));
        using (var alive = await ebay.GetAsync("EBAY_US", ("q", "lego")))
            Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var dead = await ebay.GetAsync("EBAY_US", ("q", "lego"));

        Assert.Equal(HttpStatusCode.Unauthorized, dead.StatusCode);
        Assert.Equal(1001, (int?)(await EbayCaller.ReadAsync(dead))["errors"]![0]!["errorId"]);
    }

    [Fact]
    public async Task Revoked_tokens_are_refused_and_a_new_one_is_not()
    {
        await using var server = await MarketplaceServer.StartAsync(new MarketplaceOptions(), clock);
        using var ebay = await new EbayCaller(server).LogInAsync();
        server.RevokeTokens();

        using var refused = await ebay.GetAsync("EBAY_US", ("q", "lego"));
        await ebay.LogInAsync();
        using var served = await ebay.GetAsync("EBAY_US", ("q", "lego"));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }
}
