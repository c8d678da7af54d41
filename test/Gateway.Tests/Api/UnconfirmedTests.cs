using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Configuration;
using Alerts.Demo.Mailbox;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Api;

/// <summary>Attacks: strangers enrol an address that is not theirs. Where addresses are confirmed, that keeps its owner from nothing.</summary>
public sealed partial class UnconfirmedTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync(ConfirmationMode.Required);

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Each_confirmation_confirms_the_settings_of_its_own_enrolment(int chosen)
    {
        var email = TestGateway.NewEmail();
        string[] phrases = ["a strangers thing", "my own thing"];
        var ids = new List<string>();
        foreach (var phrase in phrases)
        {
            ids.Add(await EnrolAsync(email, phrase));
            await gateway.Mailbox.WaitForCountAsync(ids.Count, Cancellation);
        }

        var link = LinkIn(MailsTo(email)[chosen]);
        await gateway.Anonymous.PostAsync(link);

        var user = await gateway.Admin.FindUserAsync(email);
        Assert.Equal((ids[chosen], "active", phrases[chosen]), (user.Text("id"), user.Text("status"), user.GetProperty("searches")[0].Text("phrase")));
        await gateway.Admin.GetAsync($"/v1/users/{ids[1 - chosen]}", Cancellation).IsAsync(404);
        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(LinkIn(MailsTo(email)[1 - chosen]))).StatusCode);
        Assert.Equal("active", (await gateway.Admin.GetJsonAsync($"/v1/users/{ids[chosen]}")).Text("status"));
    }

    [Fact]
    public async Task Both_confirmations_at_once_leave_one_user()
    {
        for (var round = 0; round < 10; round++)
        {
            var email = TestGateway.NewEmail();
            string[] ids = [await EnrolAsync(email, "one"), await EnrolAsync(email, "two")];
            var grains = gateway.Services.GetRequiredService<IGrainFactory>();
            var generations = await Task.WhenAll(ids.Select(async id => (await grains.GetGrain<IUserGrain>(id).GetAsync())!.TokenGeneration));

            var confirmed = await Task.WhenAll(ids.Select((id, i) => grains.GetGrain<IUserGrain>(id).ConfirmAsync(generations[i])));

            var owner = Assert.Single(confirmed, user => user is not null);
            Assert.Equal(owner!.Id, await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email)).FindAsync());
            Assert.Single(await Task.WhenAll(ids.Select(id => grains.GetGrain<IUserGrain>(id).GetAsync())), user => user is not null);
        }
    }

    [Fact]
    public async Task At_most_three_wait_at_an_address_and_the_newest_always_does()
    {
        var email = TestGateway.NewEmail();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await EnrolAsync(email, $"thing {i}"));

        var statuses = new List<int>();
        foreach (var id in ids)
            statuses.Add((int)(await gateway.Admin.GetAsync($"/v1/users/{id}", Cancellation)).StatusCode);
        Assert.Equal([404, 404, 200, 200, 200], statuses);

        var mail = await gateway.MailToAsync(email, mail => mail.TextBody!.Contains("/confirm/", StringComparison.Ordinal) && IsOf(mail, ids[^1]));
        await gateway.Anonymous.PostAsync(LinkIn(mail));
        Assert.Equal(ids[^1], (await gateway.Admin.FindUserAsync(email)).Text("id"));
    }

    [Fact]
    public async Task The_words_of_whoever_asked_are_not_mailed_to_an_address_that_is_not_confirmed()
    {
        var email = TestGateway.NewEmail();
        await EnrolAsync(email, "URGENT verify your account at https://evil.example.com");

        var mail = await gateway.MailToAsync(email);

        foreach (var text in (string[])[mail.Subject, mail.TextBody!, mail.HtmlBody!])
        {
            Assert.DoesNotContain("URGENT", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("evil.example.com", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Whoever_moves_to_an_address_while_its_unconfirmed_users_lapse_waits_for_nobody()
    {
        var grains = gateway.Services.GetRequiredService<IGrainFactory>();
        for (var round = 0; round < 10; round++)
        {
            var (email, old) = (TestGateway.NewEmail(), TestGateway.NewEmail());
            var lapsing = await EnrolAsync(email, "lapsing");
            gateway.Clock.Advance(TimeSpan.FromDays(7));
            var mover = await EnrolAsync(old, "moving");
            var user = (await grains.GetGrain<IUserGrain>(mover).GetAsync())!;
            user = (await grains.GetGrain<IUserGrain>(mover).ConfirmAsync(user.TokenGeneration))!;

            var moving = grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email))
                .MoveAsync(mover, user.Settings with { Email = email }, user.Version);
            var tick = gateway.TickAsync(lapsing);
            await Task.WhenAll(moving, tick).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

            Assert.Equal(ReplaceOutcome.Replaced, (await moving).Outcome);
            Assert.Equal(mover, await grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email)).FindAsync());
        }
    }

    async Task<string> EnrolAsync(string email, string phrase) =>
        (await gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(email, phrase), Cancellation).IsAsync(201)).Text("id");

    ReceivedMail[] MailsTo(string email) => [.. gateway.Mailbox.Mails.Where(mail => mail.Recipients.Contains(email))];

    static bool IsOf(ReceivedMail mail, string userId) => mail.Message.MessageId!.StartsWith(userId, StringComparison.Ordinal);

    static string LinkIn(ReceivedMail mail) => ConfirmLink.Match(mail.TextBody!).Value;

    [GeneratedRegex(@"/confirm/[\w.-]+")]
    private static partial Regex ConfirmLink { get; }
}
