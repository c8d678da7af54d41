using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Configuration;
using Alerts.Settings;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Api;

/// <summary>A user moves to another address, where addresses are confirmed. The tests move the clock of a gateway of their own.</summary>
public sealed partial class AddressChangeTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync(ConfirmationMode.Required);

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task A_move_to_an_address_whose_unconfirmed_user_lapses_in_that_moment_is_made_at_once()
    {
        var races = Enumerable.Range(0, 20).Select(_ => (Holder: UserId.New(), Mover: UserId.New(), Wanted: TestGateway.NewEmail(), Former: TestGateway.NewEmail())).ToList();
        foreach (var race in races)
        {
            await Address(race.Wanted).EnrolAsync(race.Holder, Settings(race.Wanted));
            await Address(race.Former).EnrolAsync(race.Mover, Settings(race.Former));
        }

        gateway.Clock.Advance(TimeSpan.FromDays(8));
        var outcomes = await Task.WhenAll(races.Select(async race =>
        {
            var tick = Grains.GetGrain<IUserGrain>(race.Holder).WakeAsync();
            var moved = await Address(race.Wanted).MoveAsync(race.Mover, Settings(race.Wanted), 1);
            await tick;
            return (moved.Outcome, await Address(race.Wanted).FindAsync());
        })).WaitAsync(TimeSpan.FromSeconds(25), Cancellation);

        Assert.Equal(races.Select(race => (ReplaceOutcome.Replaced, (string?)race.Mover)), outcomes);
    }

    [Fact]
    public async Task Mails_go_where_they_went_until_the_new_address_is_confirmed()
    {
        var ann = await ConfirmedAsync();
        var email = TestGateway.NewEmail();

        var asked = await MoveAsync(ann, email).IsAsync(200);
        Assert.Equal((ann.Email, email, "active"), (asked.Text("email"), asked.Text("pendingEmail"), asked.Text("status")));
        Assert.False(asked.TryGetProperty("manageToken", out _));
        var link = await LinkToAsync(email);
        await ann.Api.PostJsonAsync(ann.Url + "/searches", """{ "phrase": "still here" }""").IsAsync(201);
        await gateway.MailToAsync(ann.Email, mail => mail.HtmlBody!.Contains("still here", StringComparison.Ordinal));
        Assert.Contains("<form method=\"post\"", await gateway.Anonymous.GetStringAsync(link, Cancellation), StringComparison.Ordinal);
        Assert.Equal(ann.Email, (await ann.Api.GetJsonAsync(ann.Url)).Text("email"));

        using var pressed = await gateway.Anonymous.PostAsync(link);
        Assert.Equal(303, (int)pressed.StatusCode);
        Assert.Equal(ann.Email, (await ann.Api.GetJsonAsync(ann.Url)).Text("email"));
        await AllowAsync(ann.Email);
        var moved = await gateway.Admin.GetJsonAsync(ann.Url);
        Assert.Equal((email, "active"), (moved.Text("email"), moved.Text("status")));
        Assert.False(moved.TryGetProperty("pendingEmail", out _));
        await ann.Api.GetAsync(ann.Url, Cancellation).IsAsync(401);
        await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("another address", StringComparison.Ordinal));
        Assert.Equal(303, (int)(await gateway.Anonymous.PostAsync(link)).StatusCode);
        Assert.Equal(ann.Id, (await gateway.Admin.FindUserAsync(email)).Text("id"));
        await gateway.Admin.GetAsync($"/v1/users?email={ann.Email}", Cancellation).IsAsync(404);
    }

    [Fact]
    public async Task Whoever_moves_to_a_known_address_sees_what_they_would_see_of_a_new_one()
    {
        var (ann, bob, carl) = (await ConfirmedAsync(), await ConfirmedAsync(), await ConfirmedAsync());
        var free = TestGateway.NewEmail();

        Assert.Equal(await AnswersAsync(bob, free), await AnswersAsync(ann, carl.Email));

        await LinkToAsync(free);
        await gateway.MailToAsync(carl.Email, mail => mail.Subject.Contains("link to manage", StringComparison.Ordinal));
        Assert.DoesNotContain(gateway.Mailbox.Mails, mail => mail.Recipients.Contains(carl.Email) && mail.Subject.Contains("this address", StringComparison.Ordinal));
        Assert.Equal(carl.Id, (await gateway.Admin.FindUserAsync(carl.Email)).Text("id"));

        // All that a caller can see, without what differs between any two people.
        async Task<string> AnswersAsync(Person person, string email)
        {
            using var answer = await MoveAsync(person, email);
            var text = $"{(int)answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync(Cancellation)}";
            await person.Api.PostJsonAsync(person.Url + "/searches", """{ "phrase": "next thing" }""").IsAsync(201);
            await gateway.MailToAsync(person.Email, mail => mail.HtmlBody!.Contains("next thing", StringComparison.Ordinal));
            var notifications = await gateway.UntilAsync(() => person.Api.GetJsonAsync(person.Url + "/notifications"), list => list.GetProperty("items")[0].Text("state") == "sent");
            return Stripped(text + (await person.Api.GetJsonAsync(person.Url)).GetRawText() + notifications.GetRawText());

            string Stripped(string all) => OfOnePerson.Replace(all.Replace(person.Id, "", StringComparison.Ordinal).Replace(person.Email, "", StringComparison.Ordinal).Replace(email, "", StringComparison.Ordinal), "");
        }
    }

    [Fact]
    public async Task An_administrator_is_told_that_an_address_has_a_user()
    {
        var (ann, bob) = (await ConfirmedAsync(), await ConfirmedAsync());

        await gateway.Admin.PatchJsonAsync(ann.Url, JsonSerializer.Serialize(new { email = bob.Email })).IsAsync(409);

        Assert.False((await ann.Api.GetJsonAsync(ann.Url)).TryGetProperty("pendingEmail", out _));
    }

    [Fact]
    public async Task A_move_is_taken_back_by_naming_the_address_one_has_and_not_by_writing_back_what_was_read()
    {
        var ann = await ConfirmedAsync();
        var email = TestGateway.NewEmail();
        var asked = await MoveAsync(ann, email).IsAsync(200);
        var link = await LinkToAsync(email);

        var kept = await ann.Api.PutJsonAsync(ann.Url, asked.GetRawText()).IsAsync(200);
        Assert.Equal(email, kept.Text("pendingEmail"));
        var back = await MoveAsync(ann, ann.Email).IsAsync(200);
        Assert.False(back.TryGetProperty("pendingEmail", out _));

        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(link)).StatusCode);
        Assert.Equal(ann.Email, (await ann.Api.GetJsonAsync(ann.Url)).Text("email"));
    }

    [Fact]
    public async Task The_link_of_an_address_before_the_last_or_of_a_rotated_token_moves_nobody()
    {
        var ann = await ConfirmedAsync();
        var (first, second) = (TestGateway.NewEmail(), TestGateway.NewEmail());
        await MoveAsync(ann, first).IsAsync(200);
        var firstLink = await LinkToAsync(first);
        await MoveAsync(ann, second).IsAsync(200);
        var secondLink = await LinkToAsync(second);

        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(firstLink)).StatusCode);
        await ann.Api.PostAsync(ann.Url + "/token").IsAsync(200);
        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(secondLink)).StatusCode);
        Assert.Equal(ann.Email, (await gateway.Admin.GetJsonAsync(ann.Url)).Text("email"));
    }

    [Fact]
    public async Task Who_enrolled_in_the_meantime_keeps_the_address()
    {
        var ann = await ConfirmedAsync();
        var email = TestGateway.NewEmail();
        await MoveAsync(ann, email).IsAsync(200);
        var link = await LinkToAsync(email);
        var bob = await ConfirmedAsync(email);
        await AllowAsync(ann.Email);

        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(link)).StatusCode);

        Assert.Equal(bob.Id, (await gateway.Admin.FindUserAsync(email)).Text("id"));
        Assert.Equal(ann.Email, (await ann.Api.GetJsonAsync(ann.Url)).Text("email"));
    }

    [Fact]
    public async Task Who_enrolled_an_address_and_never_confirmed_it_keeps_nobody_from_moving_there()
    {
        var ann = await ConfirmedAsync();
        var email = TestGateway.NewEmail();
        await gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(email), Cancellation).IsAsync(201);
        var confirmation = ConfirmLink.Match((await gateway.MailToAsync(email)).TextBody!).Value;
        var unconfirmed = (await gateway.Admin.FindUserAsync(email)).Text("id");

        await MoveAsync(ann, email).IsAsync(200);
        await AllowAsync(ann.Email);
        Assert.Equal(303, (int)(await gateway.Anonymous.PostAsync(await LinkToAsync(email))).StatusCode);

        Assert.Equal(ann.Id, (await gateway.Admin.FindUserAsync(email)).Text("id"));
        await gateway.Admin.GetAsync($"/v1/users/{unconfirmed}", Cancellation).IsAsync(404);
        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(confirmation)).StatusCode);
        // Nothing went there but what was asked for: a confirmation and the question; then the alerts are ann's.
        Assert.Equal(2, gateway.Mailbox.Mails.Count(mail => mail.Recipients.Contains(email)));
    }

    [Fact]
    public async Task What_is_not_confirmed_in_seven_days_is_forgotten()
    {
        var ann = await ConfirmedAsync();
        await MoveAsync(ann, TestGateway.NewEmail()).IsAsync(200);

        gateway.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        await gateway.TickAsync(ann.Id);
        Assert.True((await ann.Api.GetJsonAsync(ann.Url)).TryGetProperty("pendingEmail", out _));
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await gateway.TickAsync(ann.Id);

        var user = await ann.Api.GetJsonAsync(ann.Url);
        Assert.False(user.TryGetProperty("pendingEmail", out _));
        Assert.Equal((ann.Email, "active"), (user.Text("email"), user.Text("status")));
    }

    [Fact]
    public async Task Strangers_cause_two_mails_a_day_to_an_address_however_many_they_are()
    {
        var victim = TestGateway.NewEmail();
        var people = new List<Person>();
        for (var i = 0; i < 4; i++)
            people.Add(await ConfirmedAsync());

        foreach (var person in people)
            Assert.Equal(victim, (await MoveAsync(person, victim).IsAsync(200)).Text("pendingEmail"));
        // Each of them has been mailed something else since, so that nothing to the victim is under way any more.
        foreach (var person in people)
        {
            await person.Api.PostJsonAsync(person.Url + "/searches", """{ "phrase": "next thing" }""").IsAsync(201);
            await gateway.MailToAsync(person.Email, mail => mail.HtmlBody!.Contains("next thing", StringComparison.Ordinal));
        }

        Assert.Equal(2, gateway.Mailbox.Mails.Count(mail => mail.Recipients.Contains(victim)));
        gateway.Clock.Advance(TimeSpan.FromDays(1));
        await MoveAsync(people[3], victim).IsAsync(200);
        await gateway.Mailbox.WaitForMailAsync(_ => gateway.Mailbox.Mails.Count(mail => mail.Recipients.Contains(victim)) == 3, Cancellation);
    }

    [Fact]
    public async Task A_user_asks_for_five_moves_a_day()
    {
        await using var limited = await TestGateway.StartAsync(ConfirmationMode.Required, isLimited: true);
        var ann = await ConfirmedAsync(at: limited);
        for (var i = 0; i < 5; i++)
            await MoveAsync(ann, TestGateway.NewEmail()).IsAsync(200);

        using var sixth = await MoveAsync(ann, TestGateway.NewEmail());

        Assert.Equal(429, (int)sixth.StatusCode);
        Assert.Equal(TimeSpan.FromDays(1) / 5, sixth.Headers.RetryAfter!.Delta);
        await ann.Api.PatchJsonAsync(ann.Url, """{ "frequencyMinutes": 60 }""").IsAsync(200);
    }

    [Fact]
    public async Task A_thief_who_moves_the_alerts_twice_and_voids_every_link_loses_them_again_for_72_hours()
    {
        var (ann, thief, second) = (await ConfirmedAsync(), TestGateway.NewEmail(), TestGateway.NewEmail());
        await MoveAsync(ann, thief).IsAsync(200);
        await gateway.Anonymous.PostAsync(await LinkToAsync(thief));
        await MoveLinkAsync(ann.Email);
        gateway.Clock.Advance(TimeSpan.FromHours(72));
        await gateway.TickAsync(ann.Id);
        var link = TakeBackLink.Match((await gateway.MailToAsync(ann.Email, mail => TakeBackLink.IsMatch(mail.TextBody!))).TextBody!).Value;
        await gateway.Admin.PatchJsonAsync(ann.Url, JsonSerializer.Serialize(new { email = second })).IsAsync(200);
        await AllowAsync(thief);
        await gateway.Anonymous.PostAsync(await LinkToAsync(second));
        await gateway.Admin.PostAsync(ann.Url + "/token").IsAsync(200);

        Assert.Contains(ann.Email, await gateway.Anonymous.GetStringAsync(link, Cancellation), StringComparison.Ordinal);
        Assert.Equal(second, (await gateway.Admin.GetJsonAsync(ann.Url)).Text("email"));
        await gateway.Admin.GetAsync("/v1/users?email=" + ann.Email, Cancellation).IsAsync(404);
        using var manage = gateway.WithToken(link.Split('/')[^1]);
        await manage.GetAsync(ann.Url, Cancellation).IsAsync(401);
        Assert.Equal(303, (int)(await gateway.Anonymous.PostAsync(link)).StatusCode);
        Assert.Equal((ann.Email, "active"), ((await gateway.Admin.GetJsonAsync(ann.Url)).Text("email"), (await gateway.Admin.GetJsonAsync(ann.Url)).Text("status")));

        // The button pressed twice, and the address of the thief, which takes nothing back.
        Assert.Equal(303, (int)(await gateway.Anonymous.PostAsync(link)).StatusCode);
        Assert.DoesNotContain(gateway.Mailbox.Mails, mail => mail.Recipients.Contains(second) && TakeBackLink.IsMatch(mail.TextBody!));
    }

    [Fact]
    public async Task A_move_cannot_be_taken_back_after_72_hours()
    {
        var (ann, email) = (await ConfirmedAsync(), TestGateway.NewEmail());
        await MoveAsync(ann, email).IsAsync(200);
        await AllowAsync(ann.Email);
        await gateway.Anonymous.PostAsync(await LinkToAsync(email));
        var link = TakeBackLink.Match((await gateway.MailToAsync(ann.Email, mail => TakeBackLink.IsMatch(mail.TextBody!))).TextBody!).Value;

        gateway.Clock.Advance(TimeSpan.FromHours(72));

        Assert.Equal(404, (int)(await gateway.Anonymous.PostAsync(link)).StatusCode);
        Assert.Equal(email, (await gateway.Admin.GetJsonAsync(ann.Url)).Text("email"));
        await gateway.TickAsync(ann.Id);
        Assert.Null((await Grains.GetGrain<IUserGrain>(ann.Id).GetAsync())!.FormerEmail);
    }

    Task<HttpResponseMessage> MoveAsync(Person person, string email) => person.Api.PatchJsonAsync(person.Url, JsonSerializer.Serialize(new { email }));

    /// <summary>The present address agrees to the move.</summary>
    async Task AllowAsync(string email) => Assert.Equal(303, (int)(await gateway.Anonymous.PostAsync(await MoveLinkAsync(email))).StatusCode);

    async Task<string> MoveLinkAsync(string email) =>
        MoveLink.Match((await gateway.MailToAsync(email, mail => MoveLink.IsMatch(mail.TextBody!))).TextBody!).Value;

    async Task<string> LinkToAsync(string email) =>
        ConfirmLink.Match((await gateway.MailToAsync(email, mail => mail.Subject.Contains("this address", StringComparison.Ordinal))).TextBody!).Value;

    /// <summary>Somebody who enrolled and confirmed, and has had the first mail.</summary>
    async Task<Person> ConfirmedAsync(string? address = null, TestGateway? at = null)
    {
        at ??= gateway;
        var email = address ?? TestGateway.NewEmail();
        await at.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(email), Cancellation).IsAsync(201);
        var link = ConfirmLink.Match((await at.MailToAsync(email, mail => mail.Subject.Contains("product alerts", StringComparison.Ordinal) && !mail.Subject.Contains("this address", StringComparison.Ordinal))).TextBody!).Value;
        using var pressed = await at.Anonymous.PostAsync(link);
        var first = await at.MailToAsync(email, mail => mail.Subject.Contains("iphone 13", StringComparison.OrdinalIgnoreCase));
        var token = await at.ProgramTokenAsync(ManageLink.Match(first.TextBody!).Groups[1].Value);
        var id = (await at.Admin.FindUserAsync(email)).Text("id");
        return new Person(id, email, token, at.WithToken(token));
    }

    [GeneratedRegex(@"/take-back/[\w.-]+")]
    private static partial Regex TakeBackLink { get; }

    [GeneratedRegex(@"/move/[\w.-]+")]
    private static partial Regex MoveLink { get; }

    [GeneratedRegex(@"/confirm/[\w.-]+")]
    private static partial Regex ConfirmLink { get; }

    [GeneratedRegex(@"manage/([\w.-]+)")]
    private static partial Regex ManageLink { get; }

    [GeneratedRegex("s-[0-9a-f]{8}|\\d{4}-\\d{2}-\\d{2}T[^\"]*")]
    private static partial Regex OfOnePerson { get; }

    IGrainFactory Grains => gateway.Services.GetRequiredService<IGrainFactory>();

    IEmailAddressGrain Address(string email) => Grains.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(email));

    static UserSettings Settings(string email) => new()
    {
        Email = email, FrequencyMinutes = 1440, Searches = [new SearchSettings { Id = "s-00000001", Phrase = "lamp" }],
    };
}
