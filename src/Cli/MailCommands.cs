using System.CommandLine;
using System.Text.Json;

namespace Alerts.Cli;

/// <summary><c>alerts mails …</c> and <c>alerts suppressions …</c></summary>
static class MailCommands
{
    public static void Add(RootCommand root, CommandRun run)
    {
        var mails = new Command("mails", "Mails that did not leave.");
        root.Add(mails);
        var failed = new Command("failed", "The last failed attempts, with the mail server's words. What waits is tried again by itself.");
        mails.Add(failed);
        run.Action(failed, (_, api, cancellationToken) => api.GetAsync("/v1/mails/failures", cancellationToken),
            failures => Failures(run, failures.Items()));

        var user = new Argument<string?>("user") {
            Description = "An e-mail address, or an id (u-…); without it all users whose mails wait, of those the silos remember.",
            DefaultValueFactory = _ => null };
        var retry = new Command("retry",
            "Try mails at once that wait for their next attempt, when the mail server is well again.") { user };
        mails.Add(retry);
        run.Action(retry, (parsed, api, cancellationToken) => RetryAsync(api, parsed.GetValue(user), cancellationToken),
            tried => run.Output.WriteLine(
                $"{tried.Text("retried")} mails of {tried.Text("users")} users are tried now; `alerts mails failed` says what becomes of "
                + $"them."));

        var suppressions = new Command("suppressions", "Addresses that refused mail for good.");
        root.Add(suppressions);
        var since = new Option<DateTimeOffset>("--since") {
            Description = "Only suppressions that began at this moment or later, such as 2026-03-02T09:00Z.", Required = true };
        var until = new Option<DateTimeOffset?>("--until") { Description = "Only suppressions that began before this moment." };
        var lift = new Command("lift",
            "Mail those again whose addresses were suppressed in a span of time, when the mail server was at fault.") { since, until };
        suppressions.Add(lift);
        run.Action(lift,
            (parsed, api, cancellationToken) => LiftAsync(api, parsed.GetValue(since), parsed.GetValue(until), cancellationToken),
            lifted => run.Output.WriteLine($"{lifted.Text("lifted")} users are served again."));
    }

    public static void Failures(CommandRun run, IEnumerable<JsonElement> failures) =>
        run.Table(failures, ("at", failure => failure.Moment("at")),
        ("user", failure => failure.Text("userId")), ("kind", failure => failure.Text("kind")),
            ("attempt", failure => failure.Text("attempt")),
        ("waits", failure => failure.Text("isWaiting")), ("what was said", failure => failure.Text("reason")));

    static async Task<JsonElement> RetryAsync(Api api, string? user, CancellationToken cancellationToken)
    {
        var ids = user is not null
            ? [(await UserCommands.FindAsync(api, user, cancellationToken)).Text("id")!]
            : (await api.GetAsync("/v1/mails/failures", cancellationToken)).Items()
                .Where(failure => failure.Find("isWaiting")?.ValueKind is JsonValueKind.True).Select(failure => failure.Text("userId")!)
                .Distinct().ToList();
        var retried = 0;
        foreach (var id in ids)
            retried += (await api.PostAsync($"/v1/admin/users/{id}/retry", null, cancellationToken)).GetProperty("retried").GetInt32();
        return JsonSerializer.SerializeToElement(new { retried, users = ids.Count });
    }

    /// <summary>A call lifts a thousand at most.</summary>
    static async Task<JsonElement> LiftAsync(Api api, DateTimeOffset since, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        var all = 0;
        while (true)
        {
            var lifted = await api.PostAsync("/v1/suppressions/lift", until is null ? new { from = since }
                : new { from = since, to = until }, cancellationToken);
            all += lifted.GetProperty("lifted").GetInt32();
            if (!lifted.GetProperty("more").GetBoolean())
                return JsonSerializer.SerializeToElement(new { lifted = all });
        }
    }
}
