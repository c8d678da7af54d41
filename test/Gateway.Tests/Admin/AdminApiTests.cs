using System.Text.Json;

namespace Alerts.Gateway.Tests.Admin;

public sealed class AdminApiTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task A_users_whole_story_is_one_answer()
    {
        var ann = await gateway.EnrolAsync("story thing");
        await gateway.MailToAsync(ann.Email);
        await gateway.Admin.PatchJsonAsync(ann.Url, """{ "frequencyMinutes": 30 }""").IsAsync(200);

        var story = await gateway.UntilAsync(
            () => gateway.Admin.GetJsonAsync($"/v1/admin/users/{ann.Id}"),
            story => story.GetProperty("mails").EnumerateArray().Any(mail => mail.Text("state") == "sent"));

        Assert.Equal((ann.Email, 30), (story.GetProperty("user").Text("email"), story.GetProperty("user").GetProperty("frequencyMinutes").GetInt32()));
        Assert.Equal("active", story.GetProperty("checks").Text("status"));
        Assert.Equal("notified", story.GetProperty("checks").GetProperty("items").EnumerateArray().Last().Text("result"));
        Assert.Equal(0, story.GetProperty("failures").GetArrayLength());
        Assert.Equal(0, story.GetProperty("channels").GetArrayLength());
        Assert.Contains(story.GetProperty("audit").EnumerateArray(), record => record.Text("action").StartsWith("PATCH /v1/users/{id}", StringComparison.Ordinal) && record.Text("actor") != "anybody");
    }

    [Fact]
    public async Task Searches_are_listed_by_what_they_cost_with_how_many_watch_them()
    {
        var ann = await gateway.EnrolAsync("cost thing", "other cost");
        var bob = await gateway.EnrolAsync("cost thing");
        await gateway.MailToAsync(ann.Email);
        await gateway.MailToAsync(bob.Email);

        var items = await gateway.UntilAsync(
            async () =>
            {
                gateway.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return (await gateway.Admin.GetJsonAsync("/v1/admin/searches")).GetProperty("items");
            },
            items => UsersOf(items, "cost+thing") == 2 || UsersOf(items, "cost%20thing") == 2);

        Assert.Equal(2, items.GetArrayLength());
        Assert.All(items.EnumerateArray(), item =>
        {
            Assert.Equal("EBAY_US", item.Text("marketplace"));
            Assert.True(item.GetProperty("callsPerDay").GetDouble() > 0);
            Assert.True(item.GetProperty("intervalSeconds").GetDouble() >= 120);
        });
        Assert.Single((await gateway.Admin.GetJsonAsync("/v1/admin/searches?limit=1")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Only_operators_get_in_and_who_is_not_there_is_not_found()
    {
        var ann = await gateway.EnrolAsync();
        await ann.Api.GetAsync($"/v1/admin/users/{ann.Id}", Cancellation).IsAsync(403);
        await gateway.Anonymous.GetAsync("/v1/admin/searches", Cancellation).IsAsync(401);
        await gateway.Admin.GetAsync("/v1/admin/users/nobody", Cancellation).IsAsync(404);
        await gateway.Admin.PostAsync("/v1/admin/users/nobody/lift").IsAsync(404);
        Assert.Equal(["limit"], await gateway.Admin.GetAsync("/v1/admin/searches?limit=0", Cancellation).IsInvalidAsync());
    }

    static int UsersOf(JsonElement items, string phrase) => items.EnumerateArray()
        .Where(item => item.Text("query").Contains(phrase, StringComparison.Ordinal))
        .Select(item => item.TryGetProperty("users", out var users) ? users.GetInt32() : 0).FirstOrDefault();
}
