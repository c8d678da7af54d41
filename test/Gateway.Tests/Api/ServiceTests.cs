using System.Text.Json;

namespace Alerts.Gateway.Tests.Api;

public class ServiceTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paused_snoozed_and_resumed()
    {
        var ann = await gateway.EnrolAsync();
        var until = gateway.Clock.GetUtcNow().AddHours(8);

        var paused = await ann.Api.PostAsync(ann.Url + "/pause").IsAsync(200);
        Assert.Equal("paused", paused.Text("status"));
        Assert.False(paused.TryGetProperty("nextRun", out _));
        var snoozed = await ann.Api.PostJsonAsync(ann.Url + "/snooze", JsonSerializer.Serialize(new { until })).IsAsync(200);
        Assert.Equal("snoozed", snoozed.Text("status"));
        Assert.Equal(until, snoozed.GetProperty("snoozedUntil").GetDateTimeOffset());
        var resumed = await ann.Api.PostAsync(ann.Url + "/resume").IsAsync(200);
        Assert.Equal("active", resumed.Text("status"));
        Assert.False(resumed.TryGetProperty("snoozedUntil", out _));
    }

    [Theory]
    [InlineData("""{ "until": "2020-01-01T00:00:00Z" }""")]
    [InlineData("""{ "until": "2040-01-01T00:00:00Z" }""")]
    [InlineData("""{ "until": "tomorrow" }""")]
    [InlineData("""{ "until": 5 }""")]
    [InlineData("""{ "until": "2026-09\ud800-01T00:00:00Z" }""")]
    [InlineData("""{ }""")]
    public async Task A_snooze_ends_at_a_moment_within_a_year(string json)
    {
        var ann = await gateway.EnrolAsync();

        Assert.Equal(["until"], await ann.Api.PostJsonAsync(ann.Url + "/snooze", json).IsInvalidAsync());
    }

    [Fact]
    public async Task A_rotated_token_is_void_and_the_new_one_works()
    {
        var ann = await gateway.EnrolAsync();

        var rotated = await ann.Api.PostAsync(ann.Url + "/token").IsAsync(200);

        await ann.Api.GetAsync(ann.Url, Cancellation).IsAsync(401);
        await gateway.WithToken(rotated.Text("manageToken")).GetJsonAsync(ann.Url);
    }

    [Fact]
    public async Task Deleted_is_gone()
    {
        var ann = await gateway.EnrolAsync();

        await ann.Api.DeleteAsync(ann.Url, Cancellation).IsAsync(204);

        await ann.Api.GetAsync(ann.Url, Cancellation).IsAsync(401);
        await gateway.Admin.GetAsync(ann.Url, Cancellation).IsAsync(404);
        await gateway.Admin.DeleteAsync(ann.Url, Cancellation).IsAsync(404);
        await gateway.Admin.GetAsync($"/v1/users?email={ann.Email}", Cancellation).IsAsync(404);
    }
}
