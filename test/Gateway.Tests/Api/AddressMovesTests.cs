using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Configuration;
using Alerts.Demo.Mailbox;

namespace Alerts.Gateway.Tests.Api;

/// <summary>Somebody asks to move another's alerts, as the two mailboxes see it. The tests move the clock of a gateway of their own.</summary>
public sealed partial class AddressMovesTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync(ConfirmationMode.Required);

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_mailboxes_agree_in_either_order_and_the_alerts_move_at_once(bool isPresentFirst)
    {
        var (ann, to) = (await ConfirmedAsync(), TestGateway.NewEmail());
        await AskAsync(ann, to);
        string[] links = [await QuestionAsync(ann.Email), await ConfirmationAsync(to)];
        if (!isPresentFirst)
            Array.Reverse(links);

        await PressAsync(links[0]);
        Assert.Equal(ann.Email, await EmailAsync(ann));
        Assert.Contains(isPresentFirst ? "You have agreed" : "Thank you", await PageAsync(links[0]), StringComparison.Ordinal);
        await PressAsync(links[1]);

        Assert.Equal(to, await EmailAsync(ann));
        Assert.Contains("Your product alerts have moved", await PageAsync(await QuestionAsync(ann.Email)), StringComparison.Ordinal);
        Assert.Contains("Your product alerts come here", await PageAsync(await ConfirmationAsync(to)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scanners_that_follow_the_links_move_nothing()
    {
        var (ann, to) = (await ConfirmedAsync(), TestGateway.NewEmail());
        await AskAsync(ann, to);

        foreach (var link in (string[])[await QuestionAsync(ann.Email), await ConfirmationAsync(to)])
            Assert.Contains("<form method=\"post\"", await PageAsync(link), StringComparison.Ordinal);
        gateway.Clock.Advance(TimeSpan.FromHours(73));
        await gateway.TickAsync(ann.Id);

        Assert.Equal(ann.Email, await EmailAsync(ann));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_an_objection_the_alerts_move_72_hours_after_the_question(bool isRestarted)
    {
        var (ann, to) = (await ConfirmedAsync(), TestGateway.NewEmail());
        await AskAsync(ann, to);
        await QuestionAsync(ann.Email);
        await PressAsync(await ConfirmationAsync(to));

        gateway.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromMinutes(1));
        if (isRestarted)
            await gateway.RestartAsync();
        await gateway.TickAsync(ann.Id);
        Assert.Equal(ann.Email, await EmailAsync(ann));
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await gateway.TickAsync(ann.Id);

        Assert.Equal(to, await EmailAsync(ann));
        await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("go to another address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_objection_keeps_the_alerts_and_voids_what_the_thief_has(bool isRestarted)
    {
        var (ann, thief) = (await ConfirmedAsync(), TestGateway.NewEmail());
        await AskAsync(ann, thief);
        var (question, confirmation) = (await QuestionAsync(ann.Email), await ConfirmationAsync(thief));
        await PressAsync(confirmation);

        await PressAsync(question + "/refuse");
        if (isRestarted)
            await gateway.RestartAsync();

        Assert.Contains("Your product alerts stay", await PageAsync(question), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(confirmation)).StatusCode);
        await ann.Api.GetAsync(ann.Url, Cancellation).IsAsync(401);
        // The button of the same mail, pressed later, does not bring the move back.
        await PressAsync(question);
        gateway.Clock.Advance(TimeSpan.FromHours(73));
        await gateway.TickAsync(ann.Id);
        var user = await gateway.Admin.GetJsonAsync(ann.Url);
        Assert.Equal((ann.Email, "active"), (user.Text("email"), user.Text("status")));
        Assert.False(user.TryGetProperty("pendingEmail", out _));
    }

    [Fact]
    public async Task An_address_that_takes_no_mail_is_not_waited_for()
    {
        var (ann, to) = (await ConfirmedAsync(), TestGateway.NewEmail());
        gateway.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 No such user") with { Recipient = ann.Email, Times = 1000 });
        for (var number = 1; number <= 4; number++)
        {
            await ann.Api.PostJsonAsync(ann.Url + "/searches", $$"""{ "phrase": "gone {{number}}" }""").IsAsync(201);
            await gateway.UntilAsync(
                () => gateway.Admin.GetJsonAsync("/v1/mails/failures"),
                failures => failures.GetProperty("items").EnumerateArray().Count(item => item.Text("userId") == ann.Id) >= Math.Min(number, 3));
        }

        await gateway.UntilAsync(() => ann.Api.GetJsonAsync(ann.Url), user => user.Text("status") == "suppressed");
        await AskAsync(ann, to);
        await PressAsync(await ConfirmationAsync(to));
        await gateway.UntilAsync(
            async () =>
            {
                await gateway.TickAsync(ann.Id);
                return await gateway.Admin.GetJsonAsync(ann.Url);
            },
            user => user.Text("email") == to);

        Assert.Equal("active", (await gateway.Admin.GetJsonAsync(ann.Url)).Text("status"));
    }

    [Fact]
    public async Task A_second_move_takes_the_place_of_the_first_with_a_question_of_its_own()
    {
        var (ann, first, second) = (await ConfirmedAsync(), TestGateway.NewEmail(), TestGateway.NewEmail());
        await AskAsync(ann, first);
        var (firstQuestion, firstConfirmation) = (await QuestionAsync(ann.Email), await ConfirmationAsync(first));
        await PressAsync(firstQuestion);
        await AskAsync(ann, second);
        var secondQuestion = await QuestionAsync(ann.Email, except: firstQuestion);

        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(firstConfirmation)).StatusCode);
        using (var old = await gateway.Anonymous.GetAsync(firstQuestion, Cancellation))
            Assert.Equal(404, (int)old.StatusCode);
        // The first question's answer is none to the second.
        await PressAsync(firstQuestion);
        await PressAsync(await ConfirmationAsync(second));
        Assert.Equal(ann.Email, await EmailAsync(ann));
        await PressAsync(secondQuestion);

        Assert.Equal(second, await EmailAsync(ann));
    }

    [Fact]
    public async Task Voiding_all_links_ends_a_move_that_waits()
    {
        var (ann, to) = (await ConfirmedAsync(), TestGateway.NewEmail());
        await AskAsync(ann, to);
        await QuestionAsync(ann.Email);
        await PressAsync(await ConfirmationAsync(to));
        await ann.Api.PostAsync(ann.Url + "/token").IsAsync(200);

        gateway.Clock.Advance(TimeSpan.FromHours(73));
        await gateway.TickAsync(ann.Id);

        Assert.Equal(ann.Email, await EmailAsync(ann));
    }

    [Fact]
    public async Task The_links_of_an_erased_user_lead_nowhere()
    {
        var (ann, to) = (await ConfirmedAsync(), TestGateway.NewEmail());
        await AskAsync(ann, to);
        string[] links = [await QuestionAsync(ann.Email), await ConfirmationAsync(to)];
        await ann.Api.DeleteAsync(ann.Url, Cancellation).IsAsync(204);

        foreach (var link in links)
        {
            using var page = await gateway.Anonymous.GetAsync(link, Cancellation);
            Assert.Equal(404, (int)page.StatusCode);
            await gateway.Anonymous.PostAsync(link);
        }

        await gateway.Admin.GetAsync($"/v1/users?email={to}", Cancellation).IsAsync(404);
    }

    static Task<JsonElement> AskAsync(Person person, string email) => person.Api.PatchJsonAsync(person.Url, JsonSerializer.Serialize(new { email })).IsAsync(200);

    async Task PressAsync(string link)
    {
        using var pressed = await gateway.Anonymous.PostAsync(link);
        Assert.Equal(303, (int)pressed.StatusCode);
    }

    Task<string> PageAsync(string link) => gateway.Anonymous.GetStringAsync(link, Cancellation);

    async Task<string> EmailAsync(Person person) => (await gateway.Admin.GetJsonAsync(person.Url)).Text("email");

    /// <summary>The link of the mail that asks the present address.</summary>
    async Task<string> QuestionAsync(string email, string? except = null) => MoveLink.Match((await gateway.MailToAsync(
        email, mail => MoveLink.Match(mail.TextBody!) is { Success: true, Value: var link } && link != except)).TextBody!).Value;

    async Task<string> ConfirmationAsync(string email) =>
        ConfirmLink.Match((await gateway.MailToAsync(email, mail => mail.Subject.Contains("this address", StringComparison.Ordinal))).TextBody!).Value;

    /// <summary>Somebody who enrolled and confirmed, and has had the first mail.</summary>
    async Task<Person> ConfirmedAsync()
    {
        var email = TestGateway.NewEmail();
        await gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(email), Cancellation).IsAsync(201);
        await PressAsync(ConfirmLink.Match((await gateway.MailToAsync(email)).TextBody!).Value);
        var first = await gateway.MailToAsync(email, mail => mail.Subject.Contains("iphone 13", StringComparison.OrdinalIgnoreCase));
        var token = await gateway.ProgramTokenAsync(ManageLink.Match(first.TextBody!).Groups[1].Value);
        return new Person((await gateway.Admin.FindUserAsync(email)).Text("id"), email, token, gateway.WithToken(token));
    }

    [GeneratedRegex(@"/move/[\w.-]+")]
    private static partial Regex MoveLink { get; }

    [GeneratedRegex(@"/confirm/[\w.-]+")]
    private static partial Regex ConfirmLink { get; }

    [GeneratedRegex(@"manage/([\w.-]+)")]
    private static partial Regex ManageLink { get; }
}
