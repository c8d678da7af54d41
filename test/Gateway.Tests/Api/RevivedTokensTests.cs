using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Configuration;

namespace Alerts.Gateway.Tests.Api;

/// <summary>
/// An attack: a key that names a request must not bring an erased user's tokens back to life. The tests move the clock of a gateway of
/// their own, which is started anew in the middle.
/// </summary>
public sealed partial class RevivedTokensTests : IAsyncLifetime
{
    const string Key = "guessable";

    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync(ConfirmationMode.Required);

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task The_tokens_of_an_erased_user_are_worthless_for_whoever_enrols_with_the_same_key(bool isRestarted, bool isHoursLater)
    {
        var (mine, victim) = (TestGateway.NewEmail(), TestGateway.NewEmail());
        await PostAsync(mine).IsAsync(201);
        var mails = await ConfirmedAsync(mine);
        var erased = (await gateway.Admin.FindUserAsync(mine)).Text("id");
        await gateway.WithToken(mails.Manage).DeleteAsync($"/v1/users/{erased}", Cancellation).IsAsync(204);
        await MovedOnAsync(isRestarted, isHoursLater ? TimeSpan.FromHours(2) : TimeSpan.FromMinutes(1));
        // A week later the key is forgotten, and names another request.
        gateway.Clock.Advance(TimeSpan.FromDays(8));

        var answer = await PostAsync(victim).IsAsync(201);
        await gateway.MailToAsync(victim);
        var id = (await gateway.Admin.FindUserAsync(victim)).Text("id");

        Assert.NotEqual(erased, answer.Text("id"));
        Assert.NotEqual(erased, id);
        Assert.NotEqual(200, (int)(await gateway.Anonymous.PostAsync(mails.Confirm)).StatusCode);
        Assert.Equal("unconfirmed", (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).Text("status"));
        await gateway.WithToken(mails.Manage).GetAsync($"/v1/users/{id}", Cancellation).IsAsync(401);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task After_an_erasure_the_same_request_enrols_anew(bool isRestarted, bool isHoursLater)
    {
        var mine = TestGateway.NewEmail();
        await PostAsync(mine).IsAsync(201);
        var before = await ConfirmedAsync(mine);
        var erased = (await gateway.Admin.FindUserAsync(mine)).Text("id");
        await gateway.WithToken(before.Manage).DeleteAsync($"/v1/users/{erased}", Cancellation).IsAsync(204);
        await gateway.MailToAsync(mine, mail => mail.Subject.Contains("deleted", StringComparison.Ordinal));
        await MovedOnAsync(isRestarted, isHoursLater ? TimeSpan.FromHours(2) : TimeSpan.FromMinutes(1));

        var answer = await PostAsync(mine).IsAsync(201);

        var user = await gateway.Admin.FindUserAsync(mine);
        Assert.Equal((answer.Text("id"), "unconfirmed"), (user.Text("id"), user.Text("status")));
        Assert.NotEqual(erased, user.Text("id"));
        Assert.NotEqual(200, (int)(await gateway.Anonymous.PostAsync(before.Confirm)).StatusCode);
        await gateway.Anonymous.PostAsync(before.Unsubscribe);
        await gateway.WithToken(before.Manage).GetAsync($"/v1/users/{user.Text("id")}", Cancellation).IsAsync(401);
        Assert.Equal("unconfirmed", (await gateway.Admin.GetJsonAsync($"/v1/users/{user.Text("id")}")).Text("status"));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public async Task The_same_key_with_another_body_is_422_whether_or_not_the_address_was_known(bool isKnown, bool isRestarted, bool isHoursLater)
    {
        var email = TestGateway.NewEmail();
        if (isKnown)
        {
            await PostAsync(email, key: "another").IsAsync(201);
            await ConfirmedAsync(email);
        }

        await PostAsync(email).IsAsync(201);
        await MovedOnAsync(isRestarted, isHoursLater ? TimeSpan.FromHours(2) : TimeSpan.FromMinutes(1));

        await PostAsync(email, "ipad").IsAsync(422);
        await PostAsync(TestGateway.NewEmail()).IsAsync(422);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task The_same_request_has_the_same_answer_whether_or_not_the_address_was_known(bool isKnown, bool isRestarted)
    {
        var email = TestGateway.NewEmail();
        if (isKnown)
        {
            await PostAsync(email, key: "another").IsAsync(201);
            await ConfirmedAsync(email);
        }

        var first = await PostAsync(email).IsAsync(201);
        await MovedOnAsync(isRestarted, TimeSpan.FromHours(2));
        var second = await PostAsync(email).IsAsync(201);

        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    async Task MovedOnAsync(bool isRestarted, TimeSpan time)
    {
        gateway.Clock.Advance(time);
        if (isRestarted)
            await gateway.RestartAsync();
    }

    Task<HttpResponseMessage> PostAsync(string email, string phrase = "iphone 13", string key = Key) =>
        gateway.Anonymous.SendAsync(HttpMethod.Post, "/v1/users", JsonSerializer.Serialize(TestGateway.Settings(email, phrase)), ("Idempotency-Key", key));

    /// <summary>Presses the button of the confirmation, and keeps the links of the mails.</summary>
    async Task<(string Confirm, string Manage, string Unsubscribe)> ConfirmedAsync(string email)
    {
        var confirm = ConfirmLink.Match((await gateway.MailToAsync(email)).TextBody!).Value;
        await gateway.Anonymous.PostAsync(confirm);
        var alert = await gateway.MailToAsync(email, mail => mail.Subject.Contains("iphone 13", StringComparison.OrdinalIgnoreCase));
        var manage = await gateway.ProgramTokenAsync(ManageLink.Match(alert.TextBody!).Groups[1].Value);
        return (confirm, manage, UnsubscribeLink.Match(alert.TextBody!).Value);
    }

    [GeneratedRegex(@"/confirm/[\w.-]+")]
    private static partial Regex ConfirmLink { get; }

    [GeneratedRegex(@"/manage/([\w.-]+)")]
    private static partial Regex ManageLink { get; }

    [GeneratedRegex(@"/unsubscribe/[\w.-]+")]
    private static partial Regex UnsubscribeLink { get; }
}
