namespace Alerts.Gateway.Tests.Api;

public class SuppressionsTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_suppressed_user_is_served_again_when_the_span_is_lifted_and_not_before()
    {
        var ann = await gateway.SuppressedAsync();
        var at = gateway.Clock.GetUtcNow();

        var outside = await gateway.Admin.PostJsonAsync("/v1/suppressions/lift", $$"""{ "to": "{{at.AddDays(-1):O}}" }""").IsAsync(200);
        Assert.Equal(0, outside.GetProperty("lifted").GetInt32());
        Assert.Equal("suppressed", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
        var lifted = await gateway.Admin.PostJsonAsync("/v1/suppressions/lift", $$"""{ "from": "{{at.AddDays(-1):O}}", "to": "{{at.AddDays(1):O}}" }""").IsAsync(200);

        Assert.Equal(1, lifted.GetProperty("lifted").GetInt32());
        Assert.False(lifted.GetProperty("more").GetBoolean());
        Assert.Equal("active", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
    }

    [Fact]
    public async Task A_suppressed_user_is_seen_with_the_failures_and_served_again_when_lifted_alone()
    {
        var ann = await gateway.SuppressedAsync();
        var story = await gateway.Admin.GetJsonAsync($"/v1/admin/users/{ann.Id}");
        Assert.Equal("suppressed", story.GetProperty("checks").Text("status"));
        Assert.Contains(story.GetProperty("failures").EnumerateArray(), failure => failure.Text("reason").Contains("No such user", StringComparison.Ordinal));

        Assert.Equal(1, (await gateway.Admin.PostAsync($"/v1/admin/users/{ann.Id}/lift").IsAsync(200)).GetProperty("lifted").GetInt32());

        Assert.Equal("active", (await ann.Api.GetJsonAsync(ann.Url)).Text("status"));
        Assert.Equal(0, (await gateway.Admin.PostAsync($"/v1/admin/users/{ann.Id}/lift").IsAsync(200)).GetProperty("lifted").GetInt32());
    }

    [Fact]
    public async Task A_suppressed_owner_who_enrols_again_gets_a_link_and_is_served_again()
    {
        var ann = await gateway.SuppressedAsync();

        await gateway.Anonymous.PostJsonAsync("/v1/users", System.Text.Json.JsonSerializer.Serialize(TestGateway.Settings(ann.Email)));

        await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("manage", StringComparison.Ordinal));
        await gateway.UntilAsync(() => ann.Api.GetJsonAsync(ann.Url), user => user.Text("status") == "active");
    }

    [Fact]
    public async Task A_span_that_ends_before_it_starts_is_an_error_and_only_administrators_may_lift()
    {
        Assert.Equal(["to"], await gateway.Admin.PostJsonAsync("/v1/suppressions/lift", """{ "from": "2026-03-02T00:00:00Z", "to": "2026-03-01T00:00:00Z" }""").IsInvalidAsync());
        await gateway.Anonymous.PostJsonAsync("/v1/suppressions/lift", "{}").IsAsync(401);
    }
}
