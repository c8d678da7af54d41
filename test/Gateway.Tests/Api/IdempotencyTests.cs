using System.Text.Json;

namespace Alerts.Gateway.Tests.Api;

public class IdempotencyTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    Task<HttpResponseMessage> PostAsync(string email, string key, string phrase = "iphone 13", HttpClient? caller = null) => (caller ?? gateway.Anonymous).SendAsync(
        HttpMethod.Post, "/v1/users", JsonSerializer.Serialize(TestGateway.Settings(email, phrase)), ("Idempotency-Key", key));

    [Fact]
    public async Task The_same_key_twenty_times_at_once_makes_one_user_and_one_answer()
    {
        var email = TestGateway.NewEmail();
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(email, key).IsAsync(201)));

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
        Assert.Equal(answers[0].Text("id"), (await gateway.Admin.FindUserAsync(email)).Text("id"));
        await gateway.MailToAsync(email);
        Assert.Single(gateway.Mailbox.Mails, mail => mail.Recipients.Contains(email));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_422_and_changes_nothing()
    {
        var (email, other) = (TestGateway.NewEmail(), TestGateway.NewEmail());
        var key = Guid.NewGuid().ToString();
        await PostAsync(email, key).IsAsync(201);

        await PostAsync(email, key, "ipad").IsAsync(422);
        await PostAsync(other, key).IsAsync(422);

        await gateway.Admin.GetAsync($"/v1/users?email={other}", Cancellation).IsAsync(404);
        Assert.Equal("iphone 13", (await gateway.Admin.FindUserAsync(email)).GetProperty("searches")[0].Text("phrase"));
    }

    [Fact]
    public async Task A_key_tells_a_stranger_nothing_about_a_known_address_either()
    {
        var ann = await gateway.EnrolAsync();
        var key = Guid.NewGuid().ToString();

        var first = await PostAsync(ann.Email, key, "ipad").IsAsync(201);
        var second = await PostAsync(ann.Email, key, "ipad").IsAsync(201);

        Assert.Equal(first.GetRawText(), second.GetRawText());
        await PostAsync(TestGateway.NewEmail(), key).IsAsync(422);
    }

    [Fact]
    public async Task Keys_of_different_callers_are_different_keys()
    {
        var key = Guid.NewGuid().ToString();

        var one = await PostAsync(TestGateway.NewEmail(), key).IsAsync(201);
        var two = await PostAsync(TestGateway.NewEmail(), key, caller: gateway.Admin).IsAsync(201);

        Assert.NotEqual(one.Text("id"), two.Text("id"));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("with blank")]
    public async Task A_key_is_visible_ASCII(string key) => await PostAsync(TestGateway.NewEmail(), key).IsAsync(400);

    [Fact]
    public async Task A_key_has_at_most_255_characters()
    {
        await PostAsync(TestGateway.NewEmail(), new string('k', 255)).IsAsync(201);
        await PostAsync(TestGateway.NewEmail(), new string('k', 256)).IsAsync(400);
    }
}
