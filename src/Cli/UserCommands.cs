using System.CommandLine;
using System.Text.Json;

namespace Alerts.Cli;

/// <summary><c>alerts user …</c></summary>
static class UserCommands
{
    const int ShownMails = 10;

    public static void Add(RootCommand root, CommandRun run)
    {
        var users = new Command("user", "One user: who it is, what was done, and why.");
        root.Add(users);

        Named("find", "Whose address it is.", FindAsync, user => Summary(run, user));
        Named("show", "Settings and searches.", FindAsync, user =>
        {
            Summary(run, user);
            run.Table(user.Items("searches"), ("search", search => search.Text("id")), ("phrase", search => search.Text("phrase")),
                ("marketplace", search => search.Text("marketplace")), ("paused", search => search.Text("paused")));
        });
        Named("why", "Why mail came, or none: the last checks, mails, and what the mail server said.", WhyAsync, why => ShowWhy(run, why));
        foreach (var (name, what) in (ReadOnlySpan<(string, string)>)
            [("pause", "Stop checks and mails until resumed."), ("resume", "Take checks and mails up again.")])
        {
            Named(name, what, async (api, user, cancellationToken) =>
                await api.PostAsync($"/v1/users/{(await FindAsync(api, user, cancellationToken)).Text("id")}/{name}", null,
                    cancellationToken),
                user => Summary(run, user));
        }

        Named("unsuppress", "Mail a user again whose address refused mail for good.", UnsuppressAsync, user => Summary(run, user));

        var shown = new Argument<string>("user") { Description = "An e-mail address, or an id (u-…)." };
        var state = new Command("show-state", "A user's row as it is stored, without secrets.") { shown };
        root.Add(state);
        run.Action(state, async (parsed, api, cancellationToken) => await api.GetAsync(
                $"/v1/admin/users/{(await FindAsync(api, parsed.GetValue(shown)!, cancellationToken)).Text("id")}/state",
                    cancellationToken),
            found => run.Output.WriteLine(JsonSerializer.Serialize(found.GetProperty("state"), CommandRun.Indented)));

        void Named(string name, string what, Func<Api, string, CancellationToken, Task<JsonElement>> ask, Action<JsonElement> show)
        {
            var user = new Argument<string>("user") { Description = "An e-mail address, or an id (u-…)." };
            var command = new Command(name, what) { user };
            users.Add(command);
            run.Action(command, (parsed, api, cancellationToken) => ask(api, parsed.GetValue(user)!, cancellationToken), show);
        }
    }

    public static async Task<JsonElement> FindAsync(Api api, string user, CancellationToken cancellationToken) =>
        user.Contains('@', StringComparison.Ordinal)
        ? (await api.GetAsync($"/v1/users?email={Uri.EscapeDataString(user)}", cancellationToken)).Items().First()
        : await api.GetAsync($"/v1/users/{Uri.EscapeDataString(user)}", cancellationToken);

    /// <summary>Combines what the API has in several places into one document.</summary>
    static async Task<JsonElement> WhyAsync(Api api, string user, CancellationToken cancellationToken)
    {
        var found = await FindAsync(api, user, cancellationToken);
        var id = found.Text("id");
        var checks = await api.GetAsync($"/v1/users/{id}/checks", cancellationToken);
        var mails = await api.GetAsync($"/v1/users/{id}/notifications?limit={ShownMails}", cancellationToken);
        var failures = await api.GetAsync("/v1/mails/failures", cancellationToken);
        return JsonSerializer.SerializeToElement(new
        {
            user = found,
            checks,
            mails = mails.Items().ToArray(),
            failures = failures.Items().Where(failure => failure.Text("userId") == id).ToArray(),
        });
    }

    static async Task<JsonElement> UnsuppressAsync(Api api, string user, CancellationToken cancellationToken)
    {
        var found = await FindAsync(api, user, cancellationToken);
        var lifted = await api.PostAsync($"/v1/admin/users/{found.Text("id")}/lift", null, cancellationToken);
        return lifted.Text("lifted") is "0"
            ? throw new ApiException($"The address is not suppressed: the user is {found.Text("status")}.")
            : await FindAsync(api, found.Text("id")!, cancellationToken);
    }

    static void Summary(CommandRun run, JsonElement user) =>
        run.Table([user], ("id", one => one.Text("id")), ("address", one => one.Text("email")),
        ("status", one => one.Text("status")), ("every, min", one => one.Text("frequencyMinutes")),
            ("next check", one => one.Moment("nextRun")),
        ("since", one => one.Moment("createdAt")));

    static void ShowWhy(CommandRun run, JsonElement why)
    {
        Summary(run, why.GetProperty("user"));
        var checks = why.GetProperty("checks");
        if (checks.Find("suppressedAt") is not null)
            run.Output.WriteLine($"No mail since {checks.Moment("suppressedAt")}: the mail server refused the address for good.");
        run.Output.WriteLine("Checks, newest first:");
        run.Table(checks.Items(), ("from", check => check.Moment("from")), ("to", check => check.Moment("to")),
            ("checks", check => check.Text("count")),
            ("came to", check => check.Text("result")));
        run.Output.WriteLine("Mails, newest first:");
        run.Table(why.Items("mails"), ("at", mail => mail.Moment("at")), ("kind", mail => mail.Text("kind")),
            ("state", mail => mail.Text("state")));
        run.Output.WriteLine("Attempts that the mail server did not take, of those the silos remember:");
        MailCommands.Failures(run, why.Items("failures"));
    }
}
