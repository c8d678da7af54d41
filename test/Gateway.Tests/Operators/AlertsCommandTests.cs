using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alerts.Cli;
using Alerts.Demo;
using Alerts.Demo.Mailbox;
using Alerts.Testing;
using Alerts.Users;

namespace Alerts.Gateway.Tests.Operators;

/// <summary>The <c>alerts</c> command against a real gateway, as an operator types it.</summary>
public sealed class AlertsCommandTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("ALERTS_API_KEY", DemoOptions.ApiKey);
        gateway = await TestGateway.StartAsync();
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task A_user_is_found_by_address_or_id_paused_and_resumed()
    {
        var ann = await gateway.EnrolAsync("lamp");

        var found = await RunAsync("user", "find", ann.Email);
        var paused = await JsonAsync("user", "pause", ann.Id);
        var resumed = await JsonAsync("user", "resume", ann.Email);
        var shown = await RunAsync("user", "show", ann.Id);

        Assert.Contains(ann.Id, found, StringComparison.Ordinal);
        Assert.Equal(("paused", "active"), (paused.Text("status"), resumed.Text("status")));
        Assert.Contains("lamp", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_no_mail_came_has_the_mail_servers_words()
    {
        gateway.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 550, "5.1.1 No such user [here]") with { Times = 1 });
        var ann = await gateway.EnrolAsync("lamp");
        await gateway.UntilAsync(() => gateway.Admin.GetJsonAsync("/v1/mails/failures"), failures => failures.GetProperty("items").GetArrayLength() == 1);

        foreach (var text in (string[])[await RunAsync("user", "why", ann.Email), await RunAsync("mails", "failed")])
            Assert.Contains("5.1.1 No such user [here]", text, StringComparison.Ordinal);
        Assert.Equal(ann.Id, (await JsonAsync("user", "why", ann.Email)).GetProperty("failures")[0].Text("userId"));
    }

    [Fact]
    public async Task What_the_API_refuses_is_said_and_ends_with_1_and_a_wrong_command_with_2()
    {
        var ann = await gateway.EnrolAsync("lamp");

        Assert.Equal((1, "404: There is no such user."), await FailAsync("user", "show", "u-00000000000000000000000000000000"));
        Assert.Equal((1, "The address is not suppressed: the user is active."), await FailAsync("user", "unsuppress", ann.Email));
        Assert.Equal((1, "No gateway knows a key named nobody; `alerts key list` shows them."), await FailAsync("key", "revoke", "nobody"));
        Assert.Equal(2, (await FailAsync("user", "pauze", ann.Email)).Code);
        Assert.Equal(2, (await FailAsync("suppressions", "lift")).Code);
    }

    [Fact]
    public async Task Suppressions_are_lifted_from_a_moment_on()
    {
        Assert.Equal(0, (await JsonAsync("suppressions", "lift", "--since", "2026-03-01T00:00Z")).GetProperty("lifted").GetInt32());
    }

    [Fact]
    public async Task The_dearest_searches_are_listed_with_what_eBay_is_asked()
    {
        var ann = await gateway.EnrolAsync("lamp");
        await gateway.MailToAsync(ann.Email);

        Assert.Contains("lamp", await RunAsync("searches", "top"), StringComparison.Ordinal);
        Assert.Equal(1, (await FailAsync("searches", "top", "--limit", "0")).Code);
    }

    [Fact]
    public async Task A_new_key_comes_with_the_settings_that_let_it_in()
    {
        var made = await JsonAsync("key", "new", "reporting", "--scope", "Read");
        var settings = made.GetProperty("settings").EnumerateObject().ToDictionary(setting => setting.Name.Replace("__", ":", StringComparison.Ordinal), setting => (string?)setting.Value.GetString());

        await using var other = await TestGateway.StartAsync(settings: settings);
        using var answer = await other.WithKey(made.Text("key")).GetAsync("/v1/keys", Cancellation);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Contains("reporting", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_a_well_service_well_and_says_what_to_do_about_mails_that_wait()
    {
        await gateway.EnrolAsync("lamp");
        await gateway.Mailbox.WaitForCountAsync(1, Cancellation);
        var well = await JsonAsync("doctor");
        await gateway.Mailbox.CloseSmtpAsync();
        await gateway.EnrolAsync("lamp");
        await gateway.UntilAsync(() => gateway.Admin.GetJsonAsync("/v1/mails/failures"), failures => failures.GetProperty("items").GetArrayLength() == 1);

        var (code, output, _) = await RunWholeAsync("doctor", "--json");

        Assert.All(well.GetProperty("findings").EnumerateArray(), finding => Assert.True(finding.GetProperty("isWell").GetBoolean(), finding.GetRawText()));
        Assert.Equal(1, code);
        var wrong = JsonSerializer.Deserialize<JsonElement>(output).GetProperty("findings").EnumerateArray().Where(finding => !finding.GetProperty("isWell").GetBoolean()).ToList();
        Assert.Contains("alerts mails failed", wrong[0].Text("advice"), StringComparison.Ordinal);
        Assert.Contains("Alerts__Email__Host", wrong[^1].Text("advice"), StringComparison.Ordinal);
        Assert.Equal(2, wrong.Count);
    }

    [Fact]
    public async Task An_export_that_was_broken_off_goes_on_and_has_everybody_once()
    {
        using var folder = new TempFolder();
        var people = new List<Person>();
        for (var i = 0; i < 130; i++)
            people.Add(await gateway.EnrolAsync("lamp"));
        var (whole, broken) = (folder["whole"], folder["broken"]);
        await RunAsync("export", whole);
        var lines = await File.ReadAllLinesAsync(whole, Cancellation);
        // Killed while the second page was being written.
        var page = await gateway.Admin.GetJsonAsync("/v1/users?limit=100");
        var first = string.Concat(lines[..page.GetProperty("items").GetArrayLength()].Select(line => line + "\n"));
        await File.WriteAllTextAsync(broken, first + lines[^1][..20], Cancellation);
        await File.WriteAllTextAsync(broken + ".next", JsonSerializer.Serialize(
            new { Cursor = page.Text("next"), Length = System.Text.Encoding.UTF8.GetByteCount(first), Users = page.GetProperty("items").GetArrayLength() }), Cancellation);

        var went = await JsonAsync("export", broken);

        Assert.Equal(people.Select(person => person.Id).Order(), lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line).Text("id")).Order());
        Assert.Equal(lines, await File.ReadAllLinesAsync(broken, Cancellation));
        Assert.Equal(130, went.GetProperty("users").GetInt32());
        Assert.False(File.Exists(broken + ".next"));
        Assert.Equal(130, (await JsonAsync("export", folder["never"], "--dry-run")).GetProperty("users").GetInt32());
        Assert.False(File.Exists(folder["never"]));
        Assert.Equal(1, (await FailAsync("export", whole)).Code);
        await File.WriteAllTextAsync(folder["unread.next"], "{", Cancellation);
        Assert.Equal((1, $"{folder["unread.next"]} says no place to go on from; name another file."), await FailAsync("export", folder["unread"]));
        Assert.Equal(1, (await FailAsync("export", folder["no/such/folder"])).Code);
    }

    [Fact]
    public async Task What_was_exported_is_imported_elsewhere_as_it_was_and_a_broken_off_import_goes_on()
    {
        using var folder = new TempFolder();
        var people = new List<Person>();
        for (var i = 0; i < 120; i++)
            people.Add(await gateway.EnrolAsync("lamp", "sofa"));
        await people[0].Api.PostAsync(people[0].Url + "/pause").IsAsync(200);
        await people[1].Api.PostJsonAsync(people[1].Url + "/snooze", """{ "until": "2026-05-01T08:00:00Z" }""").IsAsync(200);
        await people[2].Api.PatchJsonAsync(people[2].Url, """{ "quietHours": { "from": 22, "to": 7 }, "language": "ja", "timeZone": "Asia/Tokyo", "mailsPerDay": 3 }""").IsAsync(200);
        var (whole, part, again) = (folder["whole"], folder["part"], folder["again"]);
        await RunAsync("export", whole);
        var lines = await File.ReadAllLinesAsync(whole, Cancellation);
        await using var other = await TestGateway.StartAsync();
        var there = new[] { "--url", other.Address.ToString() };
        // Killed after the first batch, before or while its mark was written.
        await File.WriteAllLinesAsync(part, lines[..100], Cancellation);
        await RunAsync(["import", part, .. there]);
        await File.WriteAllTextAsync(whole + ".imported", JsonSerializer.Serialize(new { Lines = 90, Added = 90, Present = 0, Refused = 0 }), Cancellation);

        var dry = await JsonAsync(["import", whole, "--dry-run", .. there]);
        var went = await JsonAsync(["import", whole, .. there]);
        await RunAsync(["export", again, .. there]);
        var repeated = await JsonAsync(["import", whole, .. there]);

        Assert.Equal((20, 100), (dry.GetProperty("added").GetInt32(), dry.GetProperty("present").GetInt32()));
        Assert.Equal((110, 10), (went.GetProperty("added").GetInt32(), went.GetProperty("present").GetInt32()));
        Assert.Equal((0, 120), (repeated.GetProperty("added").GetInt32(), repeated.GetProperty("present").GetInt32()));
        Assert.False(File.Exists(whole + ".imported"));
        Assert.Equal(lines.Select(Kept).Order(StringComparer.Ordinal), (await File.ReadAllLinesAsync(again, Cancellation)).Select(Kept).Order(StringComparer.Ordinal));

        static string Kept(string line)
        {
            var user = JsonNode.Parse(line)!.AsObject();
            user.Remove("nextRun");
            return user.ToJsonString();
        }
    }

    [Fact]
    public async Task Lines_that_are_refused_are_named_with_the_reason_and_the_others_are_imported()
    {
        using var folder = new TempFolder();
        var ann = await gateway.EnrolAsync("lamp");
        var file = folder["users"];
        await File.WriteAllLinesAsync(file,
        [
            "no user", """{ "email": "bob@example.org" }""", $$"""{ "id": "{{UserId.New()}}", "email": "bob", "frequencyMinutes": 10, "searches": [ { "phrase": "lamp" } ] }""",
            Line(UserId.New(), ann.Email, "active"), Line(UserId.New(), "bob@example.org", "suppressed"), Line(UserId.New(), "carol@example.org", "snoozed"),
        ], Cancellation);

        var (code, output, _) = await RunWholeAsync("import", file);

        Assert.Equal((1, "1 users were added, 0 were there already."), (code, output.Split('\n')[0].Trim()));
        Assert.Equal(
            [
                "line 1: This is no user: a JSON object with an id is wanted.", "line 2: This is no user: a JSON object with an id is wanted.",
                "line 3: 400: One or more fields are not valid; see errors. email: The address must have the form name@example.org.",
                $"line 4: 409: This address has a user already: {ann.Id}.",
                "line 6: 400: One or more fields are not valid; see errors. snoozedUntil: A snooze has an end.",
            ],
            await File.ReadAllLinesAsync(file + ".refused", Cancellation));
        Assert.Equal("active", (await JsonAsync("user", "unsuppress", "bob@example.org")).Text("status"));
        Assert.Equal((1, $"There is no file {folder["nothing"]}."), await FailAsync("import", folder["nothing"]));

        static string Line(string id, string email, string status) =>
            $$"""{ "id": "{{id}}", "status": "{{status}}", "email": "{{email}}", "frequencyMinutes": 10, "searches": [ { "phrase": "lamp" } ] }""";
    }

    [Fact]
    public async Task A_mail_that_waits_for_its_next_attempt_is_tried_at_once()
    {
        gateway.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 450, "4.2.1 Later") with { Times = 1 });
        var ann = await gateway.EnrolAsync("lamp");
        await gateway.UntilAsync(() => gateway.Admin.GetJsonAsync("/v1/mails/failures"), failures => failures.GetProperty("items").GetArrayLength() == 1);

        var tried = await gateway.UntilAsync(() => JsonAsync("mails", "retry"), tried => tried.GetProperty("retried").GetInt32() == 1);

        Assert.Equal(1, tried.GetProperty("users").GetInt32());
        await gateway.MailToAsync(ann.Email);
        Assert.Equal(0, (await JsonAsync("mails", "retry", ann.Email)).GetProperty("retried").GetInt32());
    }

    [Fact]
    public async Task A_stored_row_is_shown_without_what_would_let_somebody_in()
    {
        var ann = await gateway.EnrolAsync("lamp");
        var feed = await ann.Api.PostAsync(ann.Url + "/feed").IsAsync(200);

        var shown = await RunAsync("show-state", ann.Email);

        Assert.Contains(ann.Email, shown, StringComparison.Ordinal);
        Assert.Contains("\"FeedKey\": \"(secret)\"", shown, StringComparison.Ordinal);
        Assert.Equal((1, "404: There is no such user."), await FailAsync("show-state", UserId.New()));
    }

    async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, errors) = await RunWholeAsync(arguments);
        Assert.Equal((0, ""), (code, errors));
        return output;
    }

    async Task<JsonElement> JsonAsync(params string[] arguments) => JsonSerializer.Deserialize<JsonElement>(await RunAsync([.. arguments, "--json"]));

    async Task<(int Code, string Errors)> FailAsync(params string[] arguments)
    {
        var (code, _, errors) = await RunWholeAsync(arguments);
        return (code, errors.Trim());
    }

    async Task<(int Code, string Output, string Errors)> RunWholeAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await AlertsCommand.RunAsync(
            arguments.Contains("--url") ? arguments : [.. arguments, "--url", gateway.Address.ToString()], output, errors, Cancellation);
        return (code, output.ToString(), errors.ToString());
    }
}
