using System.Net.Http.Json;
using System.Text.Json;

namespace Alerts.Gateway.Tests.Api;

public class SettingsTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PUT_replaces_the_document_as_it_was_read()
    {
        var ann = await gateway.EnrolAsync();
        var read = await ann.Api.GetJsonAsync(ann.Url);

        var written = await ann.Api.PutJsonAsync(ann.Url, read.GetRawText().Replace("\"frequencyMinutes\":10", "\"frequencyMinutes\":60", StringComparison.Ordinal)).IsAsync(200);

        Assert.Equal(60, written.GetProperty("frequencyMinutes").GetInt32());
        Assert.Equal(read.GetProperty("searches").GetRawText(), written.GetProperty("searches").GetRawText());
        Assert.Equal(written.GetRawText(), (await ann.Api.GetJsonAsync(ann.Url)).GetRawText());
    }

    [Fact]
    public async Task PUT_gives_defaults_for_what_is_absent()
    {
        var ann = await gateway.EnrolAsync();
        await ann.Api.PatchJsonAsync(ann.Url, """{ "timeZone": "Europe/Berlin", "quietHours": { "from": 22, "to": 7 } }""").IsAsync(200);

        var written = await ann.Api.PutAsJsonAsync(ann.Url, TestGateway.Settings(ann.Email), Cancellation).IsAsync(200);

        Assert.Equal("UTC", written.Text("timeZone"));
        Assert.False(written.TryGetProperty("quietHours", out _));
    }

    [Fact]
    public async Task Every_check_is_taken_by_the_name_of_before_and_answered_in_camel_case()
    {
        var ann = await gateway.EnrolAsync();

        foreach (var name in (string[])["every_check", "everyCheck"])
            Assert.Equal("everyCheck", (await ann.Api.PatchJsonAsync(ann.Url, $$"""{ "notify": "{{name}}" }""").IsAsync(200)).Text("notify"));
        foreach (var name in (string[])["every_check", "everyCheck"])
            Assert.Contains(ann.Id, (await gateway.Admin.GetAsync($"/v1/users?limit=100&notify={name}", Cancellation).IsAsync(200)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["notify"], await ann.Api.PatchJsonAsync(ann.Url, """{ "notify": "EveryCheck" }""").IsInvalidAsync());
    }

    [Fact]
    public async Task PATCH_changes_what_it_names_removes_what_is_null_and_replaces_arrays()
    {
        var ann = await gateway.EnrolAsync();

        await ann.Api.PatchJsonAsync(ann.Url, """{ "quietHours": { "from": 22, "to": 7 }, "language": "de-DE" }""").IsAsync(200);
        var moved = await ann.Api.PatchJsonAsync(ann.Url, """{ "quietHours": { "to": 6 } }""").IsAsync(200);
        Assert.Equal("""{"from":22,"to":6}""", moved.GetProperty("quietHours").GetRawText());
        var removed = await ann.Api.PatchJsonAsync(ann.Url, """{ "quietHours": null, "language": null, "searches": [ { "phrase": "ipad" } ] }""").IsAsync(200);

        Assert.False(removed.TryGetProperty("quietHours", out _));
        Assert.Equal("en-US", removed.Text("language"));
        Assert.Equal("ipad", Assert.Single(removed.GetProperty("searches").EnumerateArray()).Text("phrase"));
    }

    [Fact]
    public async Task The_last_checks_say_why_no_mail_came()
    {
        var ann = await gateway.EnrolAsync();
        await gateway.MailToAsync(ann.Email);

        var checks = await ann.Api.GetJsonAsync(ann.Url + "/checks");

        Assert.Equal("active", checks.Text("status"));
        Assert.Equal("notified", checks.GetProperty("items").EnumerateArray().Last().Text("result"));
        await gateway.Anonymous.GetAsync(ann.Url + "/checks", Cancellation).IsAsync(401);
        await gateway.Admin.GetAsync("/v1/users/u-00000000000000000000000000000000/checks", Cancellation).IsAsync(404);
    }

    [Theory]
    [InlineData("de-AT", "de")]
    [InlineData("pl", "pl")]
    [InlineData("ko-KR", "en")]
    public async Task The_document_says_which_language_the_words_are_in(string language, string texts)
    {
        var ann = await gateway.EnrolAsync();

        var written = await ann.Api.PatchJsonAsync(ann.Url, $$"""{ "language": "{{language}}" }""").IsAsync(200);
        var sentBack = await ann.Api.PutJsonAsync(ann.Url, written.GetRawText()).IsAsync(200);

        Assert.Equal((language, texts), (written.Text("language"), written.Text("textLanguage")));
        Assert.Equal(texts, sentBack.Text("textLanguage"));
    }

    [Theory]
    [InlineData("""{ "email": null }""", "email")]
    [InlineData("""{ "frequencyMinutes": 7 }""", "frequencyMinutes")]
    [InlineData("""{ "frequencyMinutes": "7" }""", "frequencyMinutes")]
    [InlineData("""{ "status": "paused" }""", "status")]
    [InlineData("""{ "quietHours": { "from": 22 } }""", "quietHours.to")]
    [InlineData("""{ "searches": [ { } ] }""", "searches[0].phrase")]
    [InlineData("""{ "searches": null }""", "searches")]
    [InlineData("""{ "searches": [] }""", "searches")]
    [InlineData("7", "$")]
    public async Task A_wrong_patch_names_the_field_and_changes_nothing(string patch, string field)
    {
        var ann = await gateway.EnrolAsync();
        var before = await ann.Api.GetJsonAsync(ann.Url);

        Assert.Equal([field], await ann.Api.PatchJsonAsync(ann.Url, patch).IsInvalidAsync());

        Assert.Equal(before.GetProperty("searches").GetRawText(), (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches").GetRawText());
    }

    [Fact]
    public async Task Everything_wrong_with_a_patch_is_told_at_once()
    {
        var ann = await gateway.EnrolAsync();

        Assert.Equal(
            ["email", "foo", "frequencyMinutes", "mailsPerDay", "notify", "quietHours"],
            await ann.Api.PatchJsonAsync(ann.Url, """{ "email": "x", "foo": null, "frequencyMinutes": "7", "notify": "NEVER", "mailsPerDay": -1, "quietHours": 7, "language": null }""").IsInvalidAsync());
    }

    [Fact]
    public async Task The_entity_tag_counts_changes_and_If_Match_guards_them()
    {
        var ann = await gateway.EnrolAsync();

        using (var changed = await ann.Api.SendAsync(HttpMethod.Patch, ann.Url, """{ "frequencyMinutes": 20 }""", ("If-Match", "\"1\"")))
            Assert.Equal("\"2\"", changed.Headers.ETag!.Tag);
        await ann.Api.SendAsync(HttpMethod.Patch, ann.Url, """{ "frequencyMinutes": 30 }""", ("If-Match", "\"1\"")).IsAsync(412);
        await ann.Api.SendAsync(HttpMethod.Patch, ann.Url, """{ "frequencyMinutes": 30 }""", ("If-Match", "W/\"2\"")).IsAsync(412);
        await ann.Api.SendAsync(HttpMethod.Patch, ann.Url, """{ "frequencyMinutes": 30 }""", ("If-Match", "not a tag")).IsAsync(400);
        await ann.Api.SendAsync(HttpMethod.Patch, ann.Url, """{ "frequencyMinutes": 30 }""", ("If-Match", "*")).IsAsync(200);
        await ann.Api.SendAsync(HttpMethod.Patch, ann.Url, """{ "frequencyMinutes": 60 }""", ("If-Match", "\"7\", \"3\"")).IsAsync(200);

        Assert.Equal(60, (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("frequencyMinutes").GetInt32());
    }

    [Fact]
    public async Task Of_two_writers_on_one_entity_tag_one_wins_and_nothing_is_lost()
    {
        for (var round = 0; round < 10; round++)
        {
            var ann = await gateway.EnrolAsync();
            var writers = await Task.WhenAll(((string[])["""{ "frequencyMinutes": 20 }""", """{ "language": "de-DE" }"""])
                .Select(patch => ann.Api.SendAsync(HttpMethod.Patch, ann.Url, patch, ("If-Match", "\"1\""))));

            Assert.Equal([200, 412], writers.Select(response => (int)response.StatusCode).Order());
            var user = await ann.Api.GetJsonAsync(ann.Url);
            var isFirst = (int)writers[0].StatusCode == 200;
            Assert.Equal(isFirst ? 20 : 10, user.GetProperty("frequencyMinutes").GetInt32());
            Assert.Equal(isFirst ? "en-US" : "de-DE", user.Text("language"));
        }
    }

    [Fact]
    public async Task Writers_without_a_condition_lose_none_of_their_changes()
    {
        var ann = await gateway.EnrolAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => ann.Api.PostJsonAsync(ann.Url + "/searches", $$"""{ "phrase": "phrase {{i}}" }""").IsAsync(201)));

        Assert.Equal(6, (await ann.Api.GetJsonAsync(ann.Url + "/searches")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_new_address_is_told_to_the_old_one_and_voids_the_old_token()
    {
        var ann = await gateway.EnrolAsync();
        var email = TestGateway.NewEmail();

        var moved = await ann.Api.PatchJsonAsync(ann.Url, JsonSerializer.Serialize(new { email })).IsAsync(200);

        await ann.Api.GetAsync(ann.Url, Cancellation).IsAsync(401);
        Assert.Equal(email, (await gateway.WithToken(moved.Text("manageToken")).GetJsonAsync(ann.Url)).Text("email"));
        Assert.Equal(ann.Id, (await gateway.Admin.FindUserAsync(email)).Text("id"));
        await gateway.Admin.GetAsync($"/v1/users?email={ann.Email}", Cancellation).IsAsync(404);
        await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("another address", StringComparison.Ordinal));
        await gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(ann.Email), Cancellation).IsAsync(201);
        Assert.NotEqual(ann.Id, (await gateway.Admin.FindUserAsync(ann.Email)).Text("id"));
    }

    [Fact]
    public async Task The_address_of_another_user_cannot_be_taken()
    {
        var (ann, bob) = (await gateway.EnrolAsync(), await gateway.EnrolAsync());

        await ann.Api.PatchJsonAsync(ann.Url, JsonSerializer.Serialize(new { email = bob.Email })).IsAsync(409);

        Assert.Equal(ann.Email, (await ann.Api.GetJsonAsync(ann.Url)).Text("email"));
        Assert.Equal(bob.Id, (await gateway.Admin.FindUserAsync(bob.Email)).Text("id"));
    }
}
