using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using Alerts.Testing;
using static Alerts.EndToEnd.Support.ThingsOnSale;

namespace Alerts.EndToEnd.Operations;

/// <summary>What a Prometheus is told, and that dashboard and alert rules ask for nothing else.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public async Task The_scrape_has_the_checks_and_mails_without_an_address_and_wants_the_key()
    {
        await using var alerts = await AlertsDriver.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:Metrics"] = "true" });
        alerts.Marketplace.Script("iphone 13", Phones(310));
        await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);

        var scraped = await alerts.Api.GetStringAsync("/metrics", alerts.Cancellation);
        using var anonymous = new HttpClient { BaseAddress = alerts.Api.BaseAddress };
        using var refused = await anonymous.GetAsync("/metrics", alerts.Cancellation);

        // Figures of the whole process: those of tests beside this one are in them.
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Matches(@"(?m)^alerts_runs_total\{[^}]*result=""changed""[^}]*\} [1-9]", scraped);
        Assert.Matches(@"(?m)^alerts_mail_attempts_total\{[^}]*result=""accepted""[^}]*\} [1-9]", scraped);
        Assert.Matches(@"(?m)^alerts_run_lag_seconds_count(\{[^}]*\})? [1-9]", scraped);
        Assert.Matches(@"(?m)^alerts_state_writes_total\{[^}]*result=""stored""[^}]*\} [1-9]", scraped);
        Assert.Matches("(?m)^orleans_catalog_activations", scraped);
        // There before the first, so that the first is a rise: otherwise increase() of an alert rule would miss it.
        foreach (var counter in (string[])["alerts_mail_given_up_total", "alerts_mail_unrecorded_total", "alerts_runs_missed_total", "alerts_shared_data_failures_total"])
            Assert.Matches($@"(?m)^{counter}(\{{[^}}]*\}})? ", scraped);
        Assert.DoesNotContain("@", scraped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_and_alert_rules_ask_only_for_metrics_there_are()
    {
        var published = new ConcurrentDictionary<string, bool>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => NamesOf(instrument).ForEach(name => published[name] = true) };
        listener.Start();
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        await alerts.EnrolAsync("ann@example.org", "iphone 13");
        await alerts.MailsAsync(1);
        published["up"] = true; // Prometheus' own

        foreach (var file in (string[])["grafana-dashboard.json", "alerts.yml"])
        {
            var names = MetricName().Matches(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.FullPath, "deploy", file), alerts.Cancellation)).Select(match => match.Value).ToHashSet();
            Assert.True(names.Count > 10, $"{file} names {names.Count} metrics.");
            Assert.Subset(published.Keys.ToHashSet(), names);
        }
    }

    /// <summary>An instrument's names as Prometheus has them: unit and kind are appended.</summary>
    static List<string> NamesOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_');
        var unit = instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal) ? [name + "_total"]
            : kind.StartsWith("Histogram", StringComparison.Ordinal) ? [name + "_bucket", name + "_count", name + "_sum"]
            : [name];
    }

    [GeneratedRegex(@"\b(alerts|orleans|dotnet|http_server)_\w+")]
    private static partial Regex MetricName();
}
