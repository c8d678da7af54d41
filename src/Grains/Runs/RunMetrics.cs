using System.Diagnostics.Metrics;

namespace Alerts.Runs;

/// <summary>Instruments about the checks, of the meter <see cref="MeterName"/>.</summary>
public sealed class RunMetrics
{
    public const string MeterName = "Alerts.Users";

    readonly Counter<long> runs;
    readonly Counter<long> missed;
    readonly Counter<long> writes;
    readonly Counter<long> suppressed;
    readonly Histogram<double> lag;
    readonly Histogram<double> duration;

    public RunMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        runs = meter.CreateCounter<long>("alerts.runs", "{run}",
            "Checks of a user, by result: changed, unchanged, or overtaken by new settings and made again.");
        missed = meter.CreateCounter<long>("alerts.runs.missed", "{interval}",
            "Intervals in which a due check of a user was missed; one later check made up for them.");
        lag = meter.CreateHistogram<double>("alerts.run.lag", "s",
            "Time from the moment a check was due until it began, including admission.");
        duration = meter.CreateHistogram<double>("alerts.run.duration", "s", "Time of a check: searches, comparison and the write.");
        writes = meter.CreateCounter<long>("alerts.state.writes", "{write}",
            "Writes of users' state, by result: stored, or failed (including reads and deletes).");
        suppressed = meter.CreateCounter<long>("alerts.users.suppressed", "{user}",
            "Users who get no more mail because their address is dead.");
        // Published as zero at the start: otherwise an alert rule would not see the first one as a rise.
        runs.Add(0, Result("changed"));
        runs.Add(0, Result("unchanged"));
        missed.Add(0);
        writes.Add(0, Result("failed"));
    }

    /// <summary>A check ended.</summary>
    /// <param name="late">The time between the due moment and the check's start.</param>
    /// <param name="interval">The time between two checks of this user.</param>
    /// <param name="took">The duration.</param>
    /// <param name="changed">Whether the check found something that had to be written.</param>
    public void Checked(TimeSpan late, TimeSpan interval, TimeSpan took, bool changed)
    {
        runs.Add(1, Result(changed ? "changed" : "unchanged"));
        lag.Record(Math.Max(0, late.TotalSeconds));
        duration.Record(took.TotalSeconds);
        var intervals = (long)(late / interval);
        if (intervals > 0)
            missed.Add(intervals);
    }

    /// <summary>A check's result was thrown away because the settings had changed meanwhile.</summary>
    public void Overtaken() => runs.Add(1, Result("overtaken"));

    public void Written() => writes.Add(1, Result("stored"));

    /// <summary>The store refused a write.</summary>
    public void NotStored() => writes.Add(1, Result("failed"));

    public void Suppressed() => suppressed.Add(1);

    static KeyValuePair<string, object?> Result(string name) => new("result", name);
}
