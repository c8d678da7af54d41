using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Alerts.Cli;

/// <summary><c>alerts quota</c>, <c>alerts searches top</c> and <c>alerts doctor</c></summary>
static class ServiceCommands
{
    static readonly TimeSpan clockDifference = TimeSpan.FromSeconds(30);

    public static void Add(RootCommand root, CommandRun run)
    {
        var quota = new Command("quota", "The day's calls to eBay.");
        root.Add(quota);
        run.Action(quota, async (_, api, cancellationToken) => (await api.GetAsync("/v1/cluster", cancellationToken)).Find("quota")
                ?? throw new ApiException("No silo has asked for calls yet."),
            found => run.Table([found], ("left", one => one.Text("left")), ("of", one => one.Text("limit")),
                ("searches", one => one.Text("searches")),
                ("day ends", one => one.Moment("dayEndsAt")), ("eBay left alone until", one => one.Moment("closedUntil"))));

        var searches = new Command("searches", "Distinct searches, each shared by all who watch it.");
        root.Add(searches);
        var limit = new Option<int>("--limit") { Description = "The most rows to show.", DefaultValueFactory = _ => 20 };
        var top = new Command("top", "Those that cost the most calls to eBay.") { limit };
        searches.Add(top);
        run.Action(top,
            (parsed, api, cancellationToken) => api.GetAsync($"/v1/admin/searches?limit={parsed.GetValue(limit)}", cancellationToken),
            found => run.Table(found.Items(), ("calls a day", one => one.Text("callsPerDay")),
                ("every, s", one => one.Text("intervalSeconds")),
                ("users", one => one.Text("users")), ("marketplace", one => one.Text("marketplace")),
                    ("what eBay is asked", one => one.Text("query"))));

        var doctor = new Command("doctor",
            "Look whether all is well, and say what to do where it is not. Ends with 1 when something is wrong.");
        root.Add(doctor);
        doctor.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = run.Connect(parsed);
            var findings = await ExamineAsync(api, cancellationToken);
            run.Show(parsed, JsonSerializer.SerializeToElement(new { findings }, JsonSerializerOptions.Web),
                found => run.Table(found.Items("findings"),
                ("", one => one.Find("isWell")!.Value.GetBoolean() ? "ok" : "WRONG"), ("what", one => one.Text("what")),
                    ("what to do", one => one.Text("advice"))));
            return findings.TrueForAll(finding => finding.IsWell) ? 0 : 1;
        });
    }

    /// <summary>Checks from the outside in: after a part that does not answer, the parts behind it are not checked.</summary>
    static async Task<List<Finding>> ExamineAsync(Api api, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        try
        {
            var version = await api.GetAsync("/version", cancellationToken);
            Look(true, $"The gateway answers; release {version.Text("version")}.", "");
            var difference = api.AnsweredAt - TimeProvider.System.GetUtcNow() ?? TimeSpan.Zero;
            Look(difference.Duration() < clockDifference, $"Its clock differs from this machine's by "
                + $"{Math.Round(difference.TotalSeconds)} s.",
                "Let NTP set the clocks of both: links and tokens end by the clock.");
            Look(await api.StatusAsync("/health/ready", cancellationToken) is 200, "The gateway can serve.",
                "No silo answers: look at the silos' logs, and at Redis.");
            var cluster = await api.GetAsync("/v1/cluster", cancellationToken);
            Look(true, "ALERTS_API_KEY is let in.", "");
            var missing = cluster.Items("missing").Select(part => part.ToString()).ToList();
            Look(missing.Count == 0, missing.Count == 0 ? "All parts of the cluster answer."
                : $"These parts do not answer: {string.Join(", ", missing)}.",
                "Look at the silos' logs; a silo that was killed is known to be gone within ten seconds.");
            LookAtSilos(cluster);
            LookAtQuota(cluster);
            LookAtMails(cluster);
            LookAtWriters(cluster);
            await LookAtSiloAsync();
        }
        catch (ApiException refused)
        {
            Look(false, refused.Message, "Mend this first; the rest was not looked at.");
        }

        return findings;

        void Look(bool isWell, string what, string advice) => findings.Add(new Finding(isWell, what, isWell ? "" : advice));

        async Task LookAtSiloAsync()
        {
            var diagnosis = await api.GetAsync("/v1/admin/diagnosis", cancellationToken);
            if (diagnosis.Find("at")?.GetDateTimeOffset() - TimeProvider.System.GetUtcNow() is { } difference)
            {
                Look(difference.Duration() < clockDifference, $"A silo's clock differs from this machine's by "
                    + $"{Math.Round(difference.TotalSeconds)} s.",
                    "Let NTP set the clocks of all machines: what is due is decided by the silos' clocks.");
            }

            foreach (var finding in diagnosis.Items("findings"))
                Look(finding.Find("isWell")?.ValueKind is JsonValueKind.True, finding.Text("what") ?? "", finding.Text("advice") ?? "");
        }

        void LookAtSilos(JsonElement cluster)
        {
            var active = cluster.Items("silos").Count(silo => silo.Text("status") is "active");
            Look(active > 0, $"{active} silos are active.", "Start a silo.");
        }

        void LookAtQuota(JsonElement cluster)
        {
            if (cluster.Find("quota") is not { } quota)
                return;
            Look(quota.Find("closedUntil") is null, quota.Find("closedUntil") is null ? "eBay takes calls."
                : $"eBay is left alone until {quota.Moment("closedUntil")}.",
                "eBay answered 429 or refused the key set: look at Alerts__Ebay__ClientId and at the limits in eBay's developer portal.");
            var left = int.Parse(quota.Text("left")!, CultureInfo.InvariantCulture);
            Look(left > 0, $"{left} of {quota.Text("limit")} calls of eBay's day are left, for {quota.Text("searches")} searches.",
                "Searches are stretched until the day ends; ask eBay for more calls, and raise Alerts__Ebay__DailyCallBudget.");
        }

        void LookAtMails(JsonElement cluster)
        {
            if (cluster.Find("mails") is not { } mails)
                return;
            var isWaiting = mails.Find("oldestWaitingSince") is not null;
            Look(!isWaiting, isWaiting ? $"Mails wait for the mail server, the oldest since {mails.Moment("oldestWaitingSince")}."
                : "No mail waits for the mail server.",
                "`alerts mails failed` has the server's words. What waits is sent by itself once it takes mails.");
            var givenUp = mails.Text("givenUpLastHour");
            Look(givenUp is "0", $"{givenUp} mails were given up in the last hour.", "`alerts mails failed` says why.");
        }

        void LookAtWriters(JsonElement cluster)
        {
            var failing = cluster.Items("writers").Where(writer => writer.Find("failingSince") is not null).ToList();
            Look(failing.Count == 0, failing.Count == 0 ? "The products database is written."
                : $"The products database fails since {failing[0].Moment("failingSince")}.",
                "Look at MySQL and at Alerts__SharedMySql; alerts and mails go on without it.");
        }
    }

    sealed record Finding(bool IsWell, string What, string Advice);
}
