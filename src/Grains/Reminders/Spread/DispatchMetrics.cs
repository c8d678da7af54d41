using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Alerts.Runs;

namespace Alerts.Reminders.Spread;

/// <summary>Users to be checked. An alert rule compares this with the checks made.</summary>
public sealed class DispatchMetrics
{
    readonly ConcurrentDictionary<int, int> users = new();

    public DispatchMetrics(IMeterFactory meters, RunAdmission admission)
    {
        var meter = meters.Create(RunMetrics.MeterName);
        meter.CreateObservableGauge("alerts.users", () => users.Values.Sum(), "{user}",
            "Users whose reminders the dispatchers of this silo know.");
        meter.CreateObservableGauge("alerts.runs.waiting", () => admission.Waiting, "{run}", "Checks that are due and wait to begin.");
    }

    public void Has(int shard, int count) => users[shard] = count;

    public void Leaves(int shard) => users.TryRemove(shard, out _);
}
