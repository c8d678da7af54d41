using Alerts.Tokens;
using Alerts.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Api;

public class AccessTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Operations => new()
    {
        { "GET", "" }, { "PUT", "" }, { "PATCH", "" }, { "DELETE", "" },
        { "POST", "/pause" }, { "POST", "/resume" }, { "POST", "/snooze" }, { "POST", "/token" },
        { "GET", "/searches" }, { "POST", "/searches" }, { "PUT", "/searches/order" },
        { "GET", "/searches/s-00000000" }, { "PUT", "/searches/s-00000000" }, { "PATCH", "/searches/s-00000000" }, { "DELETE", "/searches/s-00000000" },
        { "GET", "/results" }, { "GET", "/notifications" },
    };

    [Theory, MemberData(nameof(Operations))]
    public async Task A_wrong_or_foreign_token_is_told_nothing_of_whether_the_user_exists(string method, string path)
    {
        var (ann, bob) = (await gateway.EnrolAsync(), await gateway.EnrolAsync());
        foreach (var id in (string[])[ann.Id, UserId.New()])
        {
            var url = $"/v1/users/{id}{path}";
            await gateway.Anonymous.SendAsync(new HttpMethod(method), url).IsAsync(401);
            await gateway.WithToken("nonsense").SendAsync(new HttpMethod(method), url).IsAsync(401);
            await gateway.WithToken(ann.Token[..^4] + "AAAA").SendAsync(new HttpMethod(method), url).IsAsync(401);
            await bob.Api.SendAsync(new HttpMethod(method), url).IsAsync(403);
            await gateway.Anonymous.SendAsync(new HttpMethod(method), url, null, ("X-Api-Key", "wrong")).IsAsync(401);
        }

        Assert.Equal("active", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
    }

    [Fact]
    public async Task A_token_of_another_purpose_manages_nothing()
    {
        var ann = await gateway.EnrolAsync();
        var tokens = gateway.Services.GetRequiredService<LinkTokens>();

        foreach (var purpose in (LinkPurpose[])[LinkPurpose.Confirm, LinkPurpose.Unsubscribe, LinkPurpose.Undo])
            await gateway.WithToken(tokens.Issue(purpose, ann.Id, 0)).GetAsync(ann.Url, Cancellation).IsAsync(401);
    }

    [Fact]
    public async Task Users_do_not_administrate()
    {
        var ann = await gateway.EnrolAsync();

        await ann.Api.GetAsync("/v1/users", Cancellation).IsAsync(403);
        await ann.Api.GetAsync($"/v1/users?email={ann.Email}", Cancellation).IsAsync(403);
        await gateway.Anonymous.GetAsync("/v1/users", Cancellation).IsAsync(401);
        await gateway.Anonymous.PostJsonAsync("/v1/search/preview", """{ "phrase": "a" }""").IsAsync(401);
    }

    [Fact]
    public async Task Of_several_keys_each_works()
    {
        await using var other = await TestGateway.StartAsync(settings: new Dictionary<string, string?>
        {
            ["Alerts:ApiKeys:1"] = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("second key"u8)),
        });

        await other.Admin.GetJsonAsync("/v1/users");
        await other.Anonymous.SendAsync(HttpMethod.Get, "/v1/users", null, ("X-Api-Key", "second key")).IsAsync(200);
        await other.Anonymous.SendAsync(HttpMethod.Get, "/v1/users", null, ("X-Api-Key", "third key")).IsAsync(401);
    }

    [Fact]
    public async Task An_unknown_path_and_a_wrong_method_are_problems_too()
    {
        await gateway.Anonymous.GetAsync("/nowhere", Cancellation).IsAsync(404);
        await gateway.Admin.DeleteAsync("/v1/users", Cancellation).IsAsync(405);
        await gateway.Admin.GetAsync("/v1/users/u-1", Cancellation).IsAsync(404);
    }

    [Fact]
    public async Task The_callers_request_id_comes_back_and_a_strange_one_does_not()
    {
        using var own = await gateway.Anonymous.SendAsync(HttpMethod.Get, "/nowhere", null, ("X-Request-Id", "mine-1"));
        using var strange = await gateway.Anonymous.SendAsync(HttpMethod.Get, "/nowhere", null, ("X-Request-Id", "<script>"));

        Assert.Equal("mine-1", own.Headers.GetValues("X-Request-Id").Single());
        Assert.NotEqual("<script>", strange.Headers.GetValues("X-Request-Id").Single());
    }
}
