using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Configuration;
using Alerts.Demo.Mailbox;

namespace Alerts.Gateway.Tests.Api;

/// <summary>Confirmed opt-in. The tests move the clock of a gateway of their own, one after the other.</summary>
public sealed partial class ConfirmationTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync(ConfirmationMode.Required);

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task Only_the_confirmation_is_sent_until_its_button_is_pressed()
    {
        var (email, id) = await EnrolAsync();
        var link = LinkIn(await gateway.MailToAsync(email));
        await gateway.TickAsync(id);

        var page = await gateway.Anonymous.GetStringAsync(link, Cancellation);
        Assert.Contains("<form method=\"post\"", page, StringComparison.Ordinal);
        Assert.Contains(email, page, StringComparison.Ordinal);
        Assert.Contains("iphone 13", page, StringComparison.Ordinal);
        Assert.Equal("unconfirmed", await StatusAsync(id));
        Assert.Single(gateway.Mailbox.Mails, mail => mail.Recipients.Contains(email));

        using var pressed = await gateway.Anonymous.PostAsync(link);
        Assert.Equal((303, link), ((int)pressed.StatusCode, pressed.Headers.Location!.OriginalString));
        var first = await gateway.MailToAsync(email, mail => mail.Subject.Contains("iphone 13", StringComparison.Ordinal));
        Assert.Equal("active", await StatusAsync(id));
        var token = ManageLink.Match(first.TextBody!).Groups[1].Value;
        Assert.Equal(email, (await gateway.WithToken(token).GetJsonAsync($"/v1/users/{id}")).Text("email"));
    }

    [Fact]
    public async Task A_strangers_answer_is_the_same_for_a_new_and_a_known_address()
    {
        var email = TestGateway.NewEmail();
        var (known, other) = (await PostAsync(gateway.Anonymous, email), await PostAsync(gateway.Anonymous, email));

        Assert.Equal(Shape(known), Shape(other));
        Assert.Equal("unconfirmed", other.Text("status"));
        Assert.False(other.TryGetProperty("manageToken", out _));

        static string Shape(JsonElement answer) => answer.GetRawText().Replace(answer.Text("id"), "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_confirmation_is_repeated_once_and_the_user_vanishes_after_seven_days()
    {
        var (email, id) = await EnrolAsync();
        await gateway.MailToAsync(email);

        for (var day = 1; day <= 6; day++)
        {
            gateway.Clock.Advance(TimeSpan.FromDays(1));
            await gateway.TickAsync(id);
            await gateway.Mailbox.WaitForCountAsync(2, Cancellation);
        }

        Assert.Equal("unconfirmed", await StatusAsync(id));
        gateway.Clock.Advance(TimeSpan.FromDays(1));
        await gateway.TickAsync(id);
        await gateway.Admin.GetAsync($"/v1/users/{id}", Cancellation).IsAsync(404);
        await gateway.Admin.GetAsync($"/v1/users?email={email}", Cancellation).IsAsync(404);
        Assert.Equal(2, gateway.Mailbox.Mails.Count(mail => mail.Recipients.Contains(email)));
    }

    [Fact]
    public async Task Asked_by_nobody_the_repetition_comes_after_a_day()
    {
        var (email, id) = await EnrolAsync();
        await gateway.MailToAsync(email);

        gateway.Clock.Advance(TimeSpan.FromDays(1));
        await gateway.TickAsync(id);

        Assert.Equal(2, (await gateway.Mailbox.WaitForCountAsync(2, Cancellation)).Count(mail => mail.Recipients.Contains(email)));
    }

    [Fact]
    public async Task A_link_that_is_old_altered_or_void_confirms_nothing()
    {
        var (email, id) = await EnrolAsync();
        var link = LinkIn(await gateway.MailToAsync(email));
        var (other, otherId) = await EnrolAsync();
        var voided = LinkIn(await gateway.MailToAsync(other));
        await gateway.Admin.PostAsync($"/v1/users/{otherId}/token").IsAsync(200);

        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(link[..^5] + "AAAAA")).StatusCode);
        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(voided)).StatusCode);
        Assert.Equal("unconfirmed", await StatusAsync(id));
        Assert.Equal("unconfirmed", await StatusAsync(otherId));
        gateway.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(link)).StatusCode);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    public async Task Who_has_not_confirmed_is_neither_paused_nor_resumed(string what)
    {
        var (_, id) = await EnrolAsync();

        await gateway.Admin.PostAsync($"/v1/users/{id}/{what}").IsAsync(409);
    }

    async Task<(string Email, string Id)> EnrolAsync()
    {
        var email = TestGateway.NewEmail();
        return (email, (await PostAsync(gateway.Anonymous, email)).Text("id"));
    }

    static Task<JsonElement> PostAsync(HttpClient caller, string email) => caller.PostAsJsonAsync("/v1/users", TestGateway.Settings(email), Cancellation).IsAsync(201);

    async Task<string> StatusAsync(string id) => (await gateway.Admin.GetJsonAsync($"/v1/users/{id}")).Text("status");

    static string LinkIn(ReceivedMail mail) => ConfirmLink.Match(mail.TextBody!).Value;

    [GeneratedRegex(@"/confirm/[\w.-]+")]
    private static partial Regex ConfirmLink { get; }

    [GeneratedRegex(@"manage/([\w.-]+)")]
    private static partial Regex ManageLink { get; }
}
