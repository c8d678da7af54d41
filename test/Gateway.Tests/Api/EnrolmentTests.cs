using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.Gateway.Tests.Api;

public class EnrolmentTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_enrolment_answers_201_with_location_etag_and_the_whole_document()
    {
        var email = TestGateway.NewEmail();

        using var response = await gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(email), Cancellation);

        Assert.Equal(201, (int)response.StatusCode);
        var user = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("\"1\"", response.Headers.ETag!.Tag);
        Assert.Equal($"/v1/users/{user.Text("id")}", response.Headers.Location!.OriginalString);
        Assert.True(UserId.IsValid(user.Text("id")));
        Assert.Equal("active", user.Text("status"));
        Assert.Equal(email, user.Text("email"));
        Assert.Equal("changes", user.Text("notify"));
        Assert.True(SearchId.IsValid(user.GetProperty("searches")[0].Text("id")));
        Assert.Equal(gateway.Clock.GetUtcNow(), user.GetProperty("nextRun").GetDateTimeOffset());
        var again = await gateway.WithToken(user.Text("manageToken")).GetJsonAsync(response.Headers.Location.OriginalString);
        Assert.Equal(user.Text("id"), again.Text("id"));
    }

    [Fact]
    public async Task The_first_mail_comes_at_once()
    {
        var ann = await gateway.EnrolAsync("first mail");

        var mail = await gateway.MailToAsync(ann.Email);

        Assert.Contains("first mail", mail.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "email": "x", "frequencyMinutes": 2, "searches": [ { "phrase": "a" } ] }""", "email")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 3, "searches": [ { "phrase": "a" } ] }""", "frequencyMinutes")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [] }""", "searches")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "" } ] }""", "searches[0].phrase")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "a", "price": { "min": -1 } } ] }""", "searches[0].price.min")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "a", "marketplace": "EBAY_XX" } ] }""", "searches[0].marketplace")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "a" } ], "emial": 1 }""", "emial")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "a" } ], "status": "active" }""", "status")]
    [InlineData("""{ "email": "a@example.org", "email": "b@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "a" } ] }""", "email")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": "2", "searches": [ { "phrase": "a" } ] }""", "frequencyMinutes")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ null ] }""", "searches[0]")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "a", "conditions": ["BROKEN"] } ] }""", "searches[0].conditions[0]")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "\ud800" } ] }""", "searches[0].phrase")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "a" ] }""", "searches[0]")]
    [InlineData("""{ "email": "a@example.org", "frequencyMinutes": 2, "searches": [ { "phrase": "a" } """, "searches[1]")]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    public async Task A_wrong_document_is_answered_with_the_field(string json, string field) =>
        Assert.Contains(field, await gateway.Anonymous.PostJsonAsync("/v1/users", json).IsInvalidAsync());

    [Fact]
    public async Task Everything_wrong_is_told_at_once() => Assert.Equal(
        ["foo", "frequencyMinutes", "searches"],
        (await gateway.Anonymous.PostJsonAsync("/v1/users", """{ "email": "a@example.org", "frequencyMinutes": null, "foo": 1 }""").IsInvalidAsync()).Order());

    /// <summary>What is of the wrong type hides nothing else that is wrong, and is not told for a second reason that follows from the first.</summary>
    [Fact]
    public async Task Wrong_types_and_broken_rules_are_told_together() => Assert.Equal(
        [
            "email", "emial", "frequencyMinutes", "quietHours.from", "searches[0].conditions[0]", "searches[0].marketplace", "searches[0].phrase", "searches[0].price.min",
            "searches[1]", "searches[2].phrase", "searches[2].sellers[1]", "searches[2].sellers[2]", "timeZone",
        ],
        await gateway.Anonymous.PostJsonAsync("/v1/users", """
            { "email": "x", "emial": "ann@example.org", "frequencyMinutes": "2", "timeZone": "Mars/One", "quietHours": { "from": "ten", "to": 0 },
              "searches": [ { "phrase": "", "marketplace": "XX", "conditions": ["BROKEN"], "price": { "min": "1" } }, 7, { "sellers": ["ann", "b c", 7] } ] }
            """).IsInvalidAsync());

    [Fact]
    public async Task Two_hundred_phrases_are_too_many()
    {
        var settings = TestGateway.Settings(TestGateway.NewEmail(), [.. Enumerable.Range(0, 200).Select(i => $"phrase {i}")]);

        Assert.Equal(["searches"], await gateway.Anonymous.PostAsJsonAsync("/v1/users", settings, Cancellation).IsInvalidAsync());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_content_type_is_415(string type)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        await gateway.Anonymous.PostAsync("/v1/users", content, Cancellation).IsAsync(415);
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_413()
    {
        using var content = new ByteArrayContent(new byte[1024 * 1024]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        await gateway.Anonymous.PostAsync("/v1/users", content, Cancellation).IsAsync(413);
    }

    [Fact]
    public async Task Deep_nesting_is_400() =>
        await gateway.Anonymous.PostJsonAsync("/v1/users", new string('[', 10_000)).IsAsync(400);

    [Fact]
    public async Task Nothing_wrong_is_stored_or_sent()
    {
        var email = TestGateway.NewEmail();
        await gateway.Anonymous.PostJsonAsync("/v1/users", $$"""{ "email": "{{email}}", "frequencyMinutes": 3, "searches": [ { "phrase": "a" } ] }""").IsAsync(400);

        await gateway.Admin.GetAsync($"/v1/users?email={email}", Cancellation).IsAsync(404);
        Assert.DoesNotContain(gateway.Mailbox.Mails, mail => mail.Recipients.Contains(email));
    }

    [Fact]
    public async Task A_stranger_who_enrols_a_known_address_learns_nothing_and_its_owner_gets_a_manage_link()
    {
        var ann = await gateway.EnrolAsync();

        var answer = await gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(ann.Email.ToUpperInvariant(), "other phrase"), Cancellation).IsAsync(201);

        Assert.NotEqual(ann.Id, answer.Text("id"));
        Assert.False(answer.TryGetProperty("manageToken", out _));
        var mail = await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("link to manage", StringComparison.Ordinal));
        Assert.Contains("/manage/", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("iphone 13", (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches")[0].Text("phrase"));
        await gateway.Admin.GetAsync($"/v1/users/{answer.Text("id")}", Cancellation).IsAsync(404);
    }

    [Fact]
    public async Task An_administrator_who_enrols_a_known_address_is_told()
    {
        var ann = await gateway.EnrolAsync();

        var problem = await gateway.Admin.PostAsJsonAsync("/v1/users", TestGateway.Settings(ann.Email), Cancellation).IsAsync(409);

        Assert.Contains(ann.Id, problem.Text("detail"), StringComparison.Ordinal);
    }
}
